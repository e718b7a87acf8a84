/** Of a text; what stands behind is not found. Bounds the time that taking it in takes. */
const MOST_CHARS = 500_000;
/** Of all different words of a text together: PostgreSQL keeps less than a megabyte of them. */
const MOST_WORD_CHARS = 160_000;
const LONGEST_WORD = 40;
const MOST_QUERY_WORDS = 16;

/** Writing without spaces: each sign counts as a word. */
const SIGN = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]`;
const FOLDED_WORD = new RegExp(String.raw`${SIGN}|[[\p{L}\p{N}]--${SIGN}]+`, 'gv');
const WRITTEN_WORD = new RegExp(String.raw`${SIGN}\p{M}*|[[\p{L}\p{N}\p{M}]--${SIGN}]+`, 'gv');

const ASCII = /^[\0-\x7f]*$/;

/** What is looked for: all of these words, and one that begins so. */
export interface WordQuery {
  readonly words: readonly string[];
  readonly prefix: string;
}

/** The different words of a text, folded: lower case, no accents, ß as ss. Letters and digits only. */
export function wordsOf(text: string): string[] {
  const words = new Set<string>();
  let chars = 0;
  for (const [found] of fold(text.slice(0, MOST_CHARS)).matchAll(FOLDED_WORD)) {
    const word = cut(found);
    if (words.has(word)) continue;
    chars += word.length;
    if (chars > MOST_WORD_CHARS) break;
    words.add(word);
  }
  return [...words];
}

/** Null: there is no word in it. The last word may be the beginning of one, for it is still typed. */
export function wordQuery(text: string): WordQuery | null {
  const words = [...fold(text).matchAll(FOLDED_WORD)].map(([word]) => cut(word));
  const prefix = words.at(-1);
  if (prefix === undefined) return null;
  const others = [...new Set(words.slice(0, -1))].slice(0, MOST_QUERY_WORDS);
  return { words: others, prefix };
}

/** Where words that are looked for stand in a text, in order: `[start, end)`. */
export function* matchesIn(text: string, query: WordQuery): Generator<readonly [number, number]> {
  const wanted = new Set(query.words);
  for (const { 0: written, index } of text.matchAll(WRITTEN_WORD)) {
    const isWanted = (word: string) => wanted.has(word) || word.startsWith(query.prefix);
    const words = [...fold(written).matchAll(FOLDED_WORD)];
    if (words.some(([word]) => isWanted(cut(word)))) yield [index, index + written.length];
  }
}

function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss');
}

/** Never between the halves of a character. */
const cut = (word: string) =>
  word.length <= LONGEST_WORD ? word : word.slice(0, LONGEST_WORD).replace(/[\ud800-\udbff]$/, '');
