export interface SearchedTopic {
  readonly title: string;
  readonly text: string;
}

const SNIPPET_CHARACTERS = 160;
const BEFORE_CHARACTERS = 50;

/** What people type, as words to look for; all have to be there. */
export function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20);
}

/** How well a page fits: 0 not at all; words of the title count more than those of the text. */
export function fitOf({ title, text }: SearchedTopic, words: readonly string[]): number {
  const inTitle = title.toLowerCase();
  const inText = text.toLowerCase();
  let fit = 0;
  for (const word of words) {
    if (!inTitle.includes(word) && !inText.includes(word)) return 0;
    fit += inTitle.includes(word) ? 10 : 1;
  }
  return fit;
}

/** The place of the first of the words, without the signs of Markdown. */
export function snippetOf({ text }: SearchedTopic, words: readonly string[]): string {
  const plain = text
    .replace(/^```.*$/gm, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[#>|\-\s]+|[*_`|]/gm, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const found = words.map((word) => plain.toLowerCase().indexOf(word)).filter((at) => at >= 0);
  const start = Math.max(0, Math.min(...found, plain.length) - BEFORE_CHARACTERS);
  const from = found.length === 0 ? 0 : start;
  const snippet = plain.slice(from, from + SNIPPET_CHARACTERS);
  return `${from > 0 ? '… ' : ''}${snippet}${from + SNIPPET_CHARACTERS < plain.length ? ' …' : ''}`;
}
