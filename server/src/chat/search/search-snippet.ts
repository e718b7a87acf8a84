import { type SnippetPartDto } from './search.dto.js';
import { matchesIn, type WordQuery } from './search-words.js';
import { withoutMarkdown } from './without-markdown.js';

const CHARS_BEFORE = 60;
const CHARS = 240;
const ELLIPSIS = '…';
/** Of a message, looked at for its snippet: more than that, for the signs of Markdown are left out. */
const MESSAGE_CHARS_BEFORE = 400;
const MESSAGE_CHARS = 1_600;

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

/** The same for Markdown, as it reads; as it is written where only its signs have the words. */
export function messageSnippetOf(text: string, query: WordQuery): SnippetPartDto[] {
  const first = matchesIn(text, query).next();
  const match = first.done ? 0 : first.value[0];
  const line = text.lastIndexOf('\n', Math.max(0, match - MESSAGE_CHARS_BEFORE));
  const start = match - line > MESSAGE_CHARS ? whole(text, match - MESSAGE_CHARS_BEFORE) : line + 1;
  const end = whole(text, Math.min(text.length, start + MESSAGE_CHARS));
  const read = withoutMarkdown(text.slice(start, end));
  const hasMatch = !matchesIn(read, query).next().done;
  if (!first.done && !hasMatch) return snippetOf(text, query);
  const snippet = snippetOf(read, query);
  return joined([
    ...(text.slice(0, start).trim() !== '' && !isCut(snippet.at(0)) ? [plain(ELLIPSIS)] : []),
    ...snippet,
    ...(text.slice(end).trim() !== '' && !isCut(snippet.at(-1)) ? [plain(ELLIPSIS)] : []),
  ]);
}

const isCut = (part: SnippetPartDto | undefined) =>
  part !== undefined && (part.text.startsWith(ELLIPSIS) || part.text.endsWith(ELLIPSIS));

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
