export const shared = {
  title: 'Shared conversation',
  by: (name: string) => `Shared by ${name}.`,
  byYou: 'You share this conversation.',
  asOf: (at: string) => `As of ${at}; it can only be read.`,
  question: 'The question',
  said: (model: string) => `${model} said`,
  unknownModel: 'Model',
  attachments: 'Attached files, by name',
  reasoning: 'Reasoning',
  empty: 'This conversation has no messages.',
  disclaimer: 'AI can be wrong.',
  loading: 'Loading the shared conversation',
  goneTitle: 'This link shows nothing',
  goneText: 'The conversation is no longer shared, or the address has a typing error.',
  failed: 'The conversation could not be loaded',
};

export const yourData = {
  title: 'Your data',
  retention: {
    title: 'How long it is kept',
    forever: 'Your conversations are kept until you delete them.',
    days: (count: number) =>
      `A conversation is deleted ${count === 1 ? '1 day' : `${count} days`} after its last message, with its attachments, also if it is pinned or archived.`,
  },
  removal: {
    hide: 'What you delete yourself disappears for you, but stays in the database.',
    delete: 'What you delete yourself is deleted for good after a minute.',
  },
  temporary: 'Of temporary chats nothing is stored. Administrators cannot read your conversations.',
  export: {
    title: 'Take everything with you',
    text: 'A ZIP file with all your conversations (Markdown and JSON), folders, presets and attachments.',
    action: 'Export everything',
    started: 'Your browser saves the file while it is made.',
  },
  import: {
    title: 'Bring conversations along',
    text: 'A JSON file that Open WebUI, ChatGPT (conversations.json) or this portal exported; unpack a ZIP first. Branches stay.',
    action: 'Choose a file',
    sending: (name: string) => `Sending “${name}”`,
    reading: 'Reading the conversations',
    done: (imported: number, skipped: number) =>
      `${imported === 1 ? '1 conversation was' : `${imported} conversations were`} brought in${skipped === 0 ? '' : `, ${skipped} skipped`}.`,
    skipped: (count: number) => `Skipped (${count})`,
    andMore: (count: number) => `and ${count} more`,
  },
  shares: {
    title: 'What you share',
    text: 'Whoever can sign in and has the link can read these conversations.',
    none: 'You share nothing.',
    state: (messages: number, at: string) =>
      `${messages === 1 ? '1 message' : `${messages} messages`}, as of ${at}`,
    look: 'View',
    copy: (title: string) => `Copy the link to “${title}”`,
    revoke: 'Stop sharing',
    revokeNamed: (title: string) => `Stop sharing “${title}”`,
    revokeTitle: (title: string) => `Stop sharing “${title}”?`,
    revokeText: 'The link stops working at once. Sharing it again makes a new link.',
    revoked: (title: string) => `“${title}” is no longer shared.`,
  },
};
