import { type ChatDelta } from '../../proxy/index.js';
import { type Message } from '../messages/message.entity.js';
import { FollowedText, type TextPiece } from './followed-text.js';
import { ThinkSplitter, withoutLateThought } from './think-splitter.js';

/** Longer answers are cut, as if the model's limit had been reached. */
const LONGEST_ANSWER = 8_000_000;
const NUL = /\0/g;
const HALF_CHARACTER = /[\uD800-\uDBFF]$/;

/** Why an answer is to end before its model says so. */
export type StopReason = 'person' | 'too_long' | 'forgotten' | 'restart';

/** An answer that this process is producing, as far as it has come. */
export class AnswerDraft {
  readonly text: FollowedText;
  finishReason: string | null = null;
  stopReason: StopReason | null = null;
  /** Monotonic, in milliseconds; null: not yet. */
  firstAtMs: number | null = null;
  thoughtAtMs: number | null = null;
  spokeAtMs: number | null = null;
  /** As it was last written down, on the monotonic clock. */
  savedLength: number;
  savedAtMs = -Infinity;
  private readonly splitter = new ThinkSplitter();
  private readonly halves = { content: '', reasoning: '' };
  private readonly stopping = new AbortController();
  private readonly ending = Promise.withResolvers<void>();

  constructor(
    readonly id: string,
    readonly conversationId: string,
    readonly userId: string,
    /** What it has already, where it goes on. */
    start: Pick<Message, 'content' | 'reasoning'>,
    private readonly nowMs: () => number,
  ) {
    this.text = new FollowedText(start);
    this.savedLength = this.length;
    // What it thinks when it goes on is another thought.
    if (start.reasoning !== '') this.halves.reasoning = '\n\n';
  }

  /** Aborted when it is to end. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Resolves when it is stored as it will stay. */
  get ended(): Promise<void> {
    return this.ending.promise;
  }

  get length(): number {
    const { content, reasoning } = this.text.position;
    return content + reasoning;
  }

  readonly take = ({ content, reasoning, finishReason }: ChatDelta): void => {
    if (this.signal.aborted) return;
    this.finishReason = finishReason ?? this.finishReason;
    const split = this.splitter.take(content);
    this.add({ content: split.content, reasoning: reasoning + split.reasoning });
    if (this.length > LONGEST_ANSWER) this.stop('too_long');
  };

  /** So much of it has been written down. */
  saved(length: number, atMs: number): void {
    this.savedLength = length;
    this.savedAtMs = atMs;
  }

  /** The first reason counts. */
  stop(reason: StopReason): void {
    this.stopReason ??= reason;
    this.stopping.abort();
  }

  /** No more comes from the model. Answers the whole text as it is to be kept. */
  complete(): TextPiece {
    this.add(this.splitter.rest());
    return withoutLateThought(this.text.whole());
  }

  /** Whoever follows it hears that it is stored. */
  end(): void {
    this.text.end();
    this.ending.resolve();
  }

  private add(piece: TextPiece): void {
    const content = this.storable('content', piece.content);
    const reasoning = this.storable('reasoning', piece.reasoning);
    if (content === '' && reasoning === '') return;
    const nowMs = this.nowMs();
    this.firstAtMs ??= nowMs;
    if (reasoning !== '') this.thoughtAtMs ??= nowMs;
    if (content !== '') this.spokeAtMs ??= nowMs;
    this.text.append({ content, reasoning });
  }

  /** Half a character waits for its other half; what no database keeps is left out. */
  private storable(part: 'content' | 'reasoning', arrived: string): string {
    if (arrived === '') return '';
    const text = this.halves[part] + arrived;
    const half = HALF_CHARACTER.exec(text)?.[0] ?? '';
    this.halves[part] = half;
    return text
      .slice(0, text.length - half.length)
      .replace(NUL, '')
      .toWellFormed();
  }
}
