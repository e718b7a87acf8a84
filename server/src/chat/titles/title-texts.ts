/** Of a title made here; a person may give a longer one. */
export const LONGEST_TITLE = 80;
const UNTITLED = 'New chat';
const FENCE = /```[^\n]*\n?/g;
const SYMBOLS = /[*_`#>~|]+/g;
const QUOTES = /^["'“”„«»‘’‚‹›\s]+|["'“”„«»‘’‚‹›\s]+$/gu;
const LABEL = /^(?:title|titel)\s*:\s*/i;
const THOUGHT = /<think>[\s\S]*?(?:<\/think>|$)/g;
const CONTROLS = /\p{Cc}+/gu;
/** What is read of a long question. */
const READ_CHARACTERS = 1_000;

/** The first words of a question, or of what is attached to one that says nothing. */
export function titleFromWords(question: string, attachmentName: string | null): string {
  const start = question.slice(0, READ_CHARACTERS).replace(FENCE, ' ').replace(SYMBOLS, ' ');
  return shortened(oneLine(start)) || shortened(oneLine(attachmentName ?? '')) || UNTITLED;
}

/** What a model made of being asked for a title; null: nothing that could be one. */
export function titleFromModel(answer: string): string | null {
  const lines = answer
    .replace(THOUGHT, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim());
  const line = lines.find((text) => text !== '') ?? '';
  const bare = oneLine(line.replace(SYMBOLS, ' ')).replace(LABEL, '').replace(QUOTES, '');
  return shortened(bare.replace(/[.\s]+$/, '')) || null;
}

const oneLine = (text: string) =>
  text.toWellFormed().replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();

/** At the end of a word, where there is one, and never within a character. */
function shortened(text: string): string {
  if (text.length <= LONGEST_TITLE) return text;
  const cut = text.slice(0, LONGEST_TITLE - 1).replace(/[\uD800-\uDBFF]$/, '');
  const word = cut.lastIndexOf(' ');
  return `${(word > LONGEST_TITLE / 2 ? cut.slice(0, word) : cut).trimEnd()}…`;
}
