import { type MessageRole, type MessageState } from '../../messages/message.entity.js';
import { type ImportedMessage, ImportRefusal } from './imported-conversation.js';

/** A message as another product has it. */
export interface SourceMessage {
  readonly key: string;
  readonly parentKey: string | null;
  /** Null: it is not shown, such as the call of a tool; what follows it follows what it followed. */
  readonly role: MessageRole | null;
  readonly content: string;
  readonly reasoning: string;
  readonly model: string | null;
  readonly state: MessageState;
  readonly finishReason: string | null;
  readonly createdMs: number | null;
}

/** A message as Lumen will have it. */
interface Turn {
  readonly parent: Turn | null;
  readonly message: Pick<SourceMessage, 'role' | 'content' | 'reasoning' | 'model' | 'state'> &
    Pick<SourceMessage, 'finishReason'>;
  readonly createdMs: number;
  readonly children: Turn[];
  /** What it became where the same one went on speaking. */
  continued: Turn | null;
}

const MOST_MESSAGES = 10_000;
const MOST_CHARS = 50_000_000;
/** Stands for a question that there was none of, or that had no text. */
const NO_TEXT = '…';

/**
 * Makes a tree in which questions and answers take turns out of any: what is not shown is passed
 * over, and what one says in several messages becomes one. Branches stay; parents come first.
 * @throws ImportRefusal
 */
export function turnsOf(
  source: readonly SourceMessage[],
  currentKey: string | null,
  startedMs: number,
): { messages: ImportedMessage[]; current: number } {
  if (source.length > MOST_MESSAGES) {
    throw new ImportRefusal(`it has more than ${MOST_MESSAGES} messages`);
  }
  const tree = new TurnTree(startedMs);
  const turnOf = new Map<string, Turn | null>();
  for (const message of parentsFirst(source)) {
    const before = message.parentKey === null ? null : (turnOf.get(message.parentKey) ?? null);
    turnOf.set(message.key, tree.add(message, before));
  }
  return tree.flattened((currentKey === null ? null : turnOf.get(currentKey)) ?? null);
}

/** @throws ImportRefusal: two have one key, a parent is missing, or they follow each other in a circle */
function parentsFirst(source: readonly SourceMessage[]): SourceMessage[] {
  const keys = new Set(source.map(({ key }) => key));
  if (keys.size < source.length) throw new ImportRefusal('two of its messages have the same id');
  const childrenOf = Map.groupBy(source, ({ parentKey }) => parentKey);
  const ordered = [...(childrenOf.get(null) ?? [])];
  for (let at = 0; at < ordered.length; at += 1) {
    ordered.push(...(childrenOf.get(ordered[at]!.key) ?? []));
  }
  if (ordered.length === source.length) return ordered;
  const isMissing = source.some(({ parentKey }) => parentKey !== null && !keys.has(parentKey));
  throw new ImportRefusal(
    isMissing
      ? 'a message in it follows one that is not there'
      : 'its messages follow each other in a circle',
  );
}

class TurnTree {
  private readonly turns: Turn[] = [];
  private unasked: Turn | null = null;

  constructor(private readonly startedMs: number) {}

  /** What the message became: itself, more of what it follows, or nothing but that. */
  add(message: SourceMessage, before: Turn | null): Turn | null {
    const { role, content, reasoning } = message;
    if (role === null) return before;
    if (role === 'assistant' && content === '' && reasoning === '') return before;
    if (before?.message.role === role) return this.goOn(before, message);
    if (role === 'user') return this.put(before, { ...message, content: content || NO_TEXT });
    return this.put(before ?? this.question(), message);
  }

  /** As a list in which parents come first. */
  flattened(current: Turn | null): { messages: ImportedMessage[]; current: number } {
    const kept = this.turns.filter(isKept);
    if (kept.length === 0) throw new ImportRefusal('it has no messages');
    const chars = kept.reduce((sum, { message }) => sum + lengthOf(message), 0);
    if (chars > MOST_CHARS) throw new ImportRefusal('it is too large');
    const places = new Map(kept.map((turn, place) => [turn, place]));
    const messages = kept.map(({ parent, message, createdMs }) => ({
      ...message,
      role: message.role!,
      parent: parent === null ? null : places.get(parent)!,
      createdMs,
    }));
    return { messages, current: places.get(leafUnder(current ?? newest(kept)!))! };
  }

  private goOn(before: Turn, message: SourceMessage): Turn {
    const { content, reasoning, model } = before.message;
    const turn = this.put(before.parent, {
      ...message,
      content: joined(content, message.content),
      reasoning: joined(reasoning, message.reasoning),
      model: message.model ?? model,
    });
    before.continued ??= turn;
    return turn;
  }

  private put(parent: Turn | null, source: SourceMessage): Turn {
    const { role, content, reasoning, model, state, finishReason } = source;
    const earliest = parent === null ? this.startedMs : parent.createdMs + 1;
    const turn: Turn = {
      parent,
      message: { role, content, reasoning, model, state, finishReason },
      createdMs: Math.max(source.createdMs ?? earliest, earliest),
      children: [],
      continued: null,
    };
    parent?.children.push(turn);
    this.turns.push(turn);
    return turn;
  }

  private question(): Turn {
    const blank = { key: '', parentKey: null, reasoning: '', model: null, finishReason: null };
    const asked = { role: 'user', content: NO_TEXT, state: 'complete', createdMs: null } as const;
    return (this.unasked ??= this.put(null, { ...blank, ...asked }));
  }
}

/** Where somebody went on speaking, only the whole is kept, unless others answered the beginning. */
const isKept = ({ continued, children }: Turn) => continued === null || children.length > 0;

function leafUnder(turn: Turn): Turn {
  let leaf = turn;
  for (;;) {
    const next = isKept(leaf) ? newest(leaf.children.filter(isKept)) : leaf.continued;
    if (!next) return leaf;
    leaf = next;
  }
}

const newest = (turns: readonly Turn[]) =>
  turns.reduce<Turn | null>(
    (last, turn) => (last === null || turn.createdMs >= last.createdMs ? turn : last),
    null,
  );

const joined = (one: string, other: string) =>
  one === '' || other === '' ? one + other : `${one}\n\n${other}`;

const lengthOf = ({ content, reasoning }: Turn['message']) => content.length + reasoning.length;
