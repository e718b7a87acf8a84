import { type SnippetPartDto } from './search.dto.js';
import { matchesIn, type WordQuery } from './search-words.js';

const CHARS_BEFORE = 60;
const CHARS = 240;
const ELLIPSIS = '…';

/** Plain text around the first match, with what matches told apart; the beginning if nothing does. */
export function snippetOf(text: string, query: WordQuery): SnippetPartDto[] {
  const first = matchesIn(text, query).next();
  const start = first.done ? 0 : startBefore(text, first.value[0]);
  const end = endAfter(text, start + CHARS);
  const parts = partsOf(text.slice(start, end), query);
  const isCutBefore = text.slice(0, start).trim() !== '';
  const isCutAfter = text.slice(end).trim() !== '';
  return joined([
    ...(isCutBefore ? [plain(ELLIPSIS)] : []),
    ...parts,
    ...(isCutAfter ? [plain(ELLIPSIS)] : []),
  ]);
}

function partsOf(text: string, query: WordQuery): SnippetPartDto[] {
  const parts: SnippetPartDto[] = [];
  let done = 0;
  for (const [start, end] of matchesIn(text, query)) {
    parts.push(plain(text.slice(done, start)), { text: text.slice(start, end), isMatch: true });
    done = end;
  }
  return [...parts, plain(text.slice(done))];
}

/** Between words, if there is such a place near. */
function startBefore(text: string, match: number): number {
  if (match <= CHARS_BEFORE) return 0;
  const space = text.slice(match - CHARS_BEFORE, match).search(/\s/);
  return space === -1 ? whole(text, match) : match - CHARS_BEFORE + space + 1;
}

function endAfter(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const space = text.slice(end - CHARS_BEFORE, end).search(/\s\S*$/);
  return space === -1 ? whole(text, end) : end - CHARS_BEFORE + space;
}

/** Not between the halves of a character. */
const whole = (text: string, at: number) => (/[\udc00-\udfff]/.test(text[at] ?? '') ? at - 1 : at);

/** On one line, without empty parts and with neighbours of a kind made one. */
function joined(parts: readonly SnippetPartDto[]): SnippetPartDto[] {
  const result: SnippetPartDto[] = [];
  for (const { text, isMatch } of parts) {
    const last = result.at(-1);
    const onOneLine = text.replace(/\s+/g, ' ');
    if (onOneLine === '') continue;
    if (last && last.isMatch === isMatch) last.text += onOneLine;
    else result.push({ text: onOneLine, isMatch });
  }
  return result;
}

const plain = (text: string): SnippetPartDto => ({ text, isMatch: false });
