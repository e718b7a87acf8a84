const number = new Intl.NumberFormat('en');

export const composer = {
  attach: 'Attach files',
  attachments: 'Attachments',
  settings: 'Settings of this chat',
  dropTitle: 'Drop files to attach them',
  dropText: 'Text, code, tables, PDF and images',
  file: {
    remove: (name: string) => `Remove ${name}`,
    retry: (name: string) => `Try to upload ${name} again`,
    uploading: (percent: number) => `Uploading, ${percent}%`,
    reading: 'Being read …',
    tokens: (count: string) => `≈ ${count} tokens`,
    isCut: 'only the beginning is read',
    noSight: 'cannot be seen by the model',
    added: (name: string) => `${name} attached`,
    failed: (name: string, reason: string) => `${name} not attached: ${reason}`,
  },
  problems: {
    empty: 'The file is empty.',
    tooMany: (most: number) => `At most ${number.format(most)} files go with one question.`,
    tooLarge: (most: string) => `It is larger than ${most}.`,
    type: (extension: string) =>
      extension === ''
        ? 'Files without an ending are not accepted.'
        : `.${extension} files are not accepted.`,
  },
  pasted: (characters: string) => `You pasted ${characters} characters.`,
  attachPasted: 'Attach as a file',
  keepPasted: 'Keep in the message',
  pastedName: 'pasted.txt',
  noSight: (model: string) => `${model} cannot see images.`,
  unseen: {
    text: (model: string) =>
      `${model} cannot see the images of this chat. It is told only their names.`,
    answer: 'This model did not see the images of the chat, only their names.',
  },
  switchTo: (model: string) => `Switch to ${model}`,
  removeImages: 'Remove the images',
  uploading: 'Sending is possible once the files are there.',
  early: 'Your question is sent as soon as everything is loaded.',
  hasFailed: 'Files that failed are not sent.',
  noFilesHere: 'Temporary chats take no files: nothing of them is kept.',
  estimate: (coins: string) => `≈ ${coins} coins`,
  estimateSpoken: (coins: string) => `This question will cost about ${coins} coins.`,
  estimateOfTwo: (coins: string) => `≈ ${coins} coins for both`,
  context: (percent: number) => `${percent}% of the model’s context is used`,
  long: {
    cost: (coins: string) => `This chat is long: each question costs about ${coins} coins.`,
    full: 'This chat nearly fills the model’s context.',
    startNew: 'Start a new chat',
    dismiss: 'Hide this hint',
  },
  budget: {
    title: 'Your budget is used up',
    blocked: 'You have no budget for this.',
    none: 'It is not refilled by itself. Please ask your administrator.',
    next: (amount: string, unit: string, time: string) => `Next ${amount} ${unit} in ${time}.`,
    soon: 'It is being refilled.',
    units: { coins: 'coins', tokens: 'tokens' },
    oneUnit: { coins: 'coin', tokens: 'token' },
    free: 'These models are free:',
    noFree: 'No free model is open to you.',
    use: (model: string) => `Use ${model}`,
    left: (available: string, max: string, unit: string) => `${available} of ${max} ${unit} left`,
  },
  duration: (hours: number, minutes: number, seconds: number) => {
    if (hours >= 48) return `${Math.round(hours / 24)} days`;
    if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
    return minutes > 0 ? `${minutes} min` : `${seconds} s`;
  },
  preferences: {
    legend: 'Writing and reading',
    enter: 'Enter makes a new line',
    enterHint: 'Ctrl+Enter sends',
    complete: 'Show answers when complete',
    completeHint: 'instead of word by word',
  },
};
