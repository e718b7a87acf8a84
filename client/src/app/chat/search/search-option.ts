import { type ConversationSummary, type SearchHit } from '../../core/api/schema';
import { type IconName } from '../../ui/icon/icon';

/** Something the portal can do at once. */
export interface Command {
  name: string;
  icon: IconName;
  run: () => unknown;
}

/** A line one can choose in the search. */
export type SearchOption =
  | { kind: 'command'; command: Command }
  | { kind: 'conversation'; conversation: ConversationSummary; hit: SearchHit | null };

export interface SearchGroup {
  name: 'recent' | 'commands' | 'found';
  options: SearchOption[];
}

/** Commands whose name has every word, however it is written. */
export function matching(commands: readonly Command[], term: string): Command[] {
  const words = folded(term).split(/\s+/);
  return commands.filter(({ name }) => words.every((word) => folded(name).includes(word)));
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** A text in parts, those marked that are one of the words, so that they can be shown so. */
export function markedParts(
  text: string,
  words: readonly string[],
): { text: string; isMatch: boolean }[] {
  const wanted = words.filter((word) => word.trim() !== '');
  if (wanted.length === 0) return [{ text, isMatch: false }];
  const any = new RegExp(`(${wanted.map(escaped).join('|')})`, 'giu');
  // What is captured by the pattern stands at every second place.
  return text
    .split(any)
    .map((part, at) => ({ text: part, isMatch: at % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
