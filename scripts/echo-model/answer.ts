import { type Attachments, type Message } from './conversation.ts';
import { countCharacters, firstCharacters } from './tokens.ts';

const CODE_CHARACTERS = 60;

/**
 * The answer to a message, in Markdown: the message as a quotation, what else was seen of it, an
 * inline and a display formula, and a block of code, so that a client has one of each to show.
 */
export function answerTo(message: Message): string {
  return [
    ...(message.role === 'tool' ? ['The tool answered:'] : []),
    quotation(message.text),
    remarks(message),
    'Two formulas to look at: $a^2 + b^2 = c^2$ stands in the line, and this one stands alone:',
    '$$\n\\sum_{i=1}^{n} \\sum_{j=1}^{m} a_i b_j = \\left( \\sum_{i=1}^{n} a_i \\right) \\left( \\sum_{j=1}^{m} b_j \\right)\n$$',
    'And some code:',
    code(message.text),
  ].join('\n\n');
}

function quotation(text: string): string {
  if (text.trim() === '') return '> *(no text)*';
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}

function remarks(message: Message): string {
  const wordCount = message.text.split(/\s+/).filter(Boolean).length;
  const size = `${amount(wordCount, 'word')} and ${amount(countCharacters(message.text), 'character')}`;
  const seen = acknowledgements(message).map((sentence) => `${sentence} `);
  return `${seen.join('')}I am the **echo model**: I understood nothing of these ${size}, but I can repeat them.`;
}

function acknowledgements({ images, recordings, files }: Attachments): string[] {
  return [
    ...(images ? [`I can see ${amount(images, 'image')}.`] : []),
    ...(recordings ? [`I can hear ${amount(recordings, 'recording')}.`] : []),
    ...(files ? [`I was given ${amount(files, 'file')}.`] : []),
  ];
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function code(text: string): string {
  const line = text.split(/[\r\n]/, 1)[0]!.trim();
  const quoted = JSON.stringify(firstCharacters(line, CODE_CHARACTERS));
  return `\`\`\`python\nmessage = ${quoted}\nfor word in message.split():\n    print(word)\n\`\`\``;
}

const EFFORTS: Record<string, number> = { minimal: 1, low: 2, medium: 3, high: 4, xhigh: 5 };

/**
 * What the echo model says it thought; more of it, the more effort was asked for. Empty if no
 * `reasoning_effort` was given, or `none`.
 */
export function reasoningAbout(message: Message, effort: unknown): string {
  if (typeof effort !== 'string' || effort === 'none') return '';
  const subject = JSON.stringify(firstCharacters(message.text.trim(), CODE_CHARACTERS));
  return [
    `The message begins with ${subject}.`,
    'An echo model repeats what it was told, so the quotation comes first.',
    'A formula in the line and one of its own show whether mathematics is rendered.',
    'A block of code shows whether highlighting and copying work.',
    'Nothing else is needed, so this is the whole answer.',
  ]
    .slice(0, EFFORTS[effort] ?? EFFORTS.medium)
    .join(' ');
}
