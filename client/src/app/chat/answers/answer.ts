import { computed, signal } from '@angular/core';

import { type AnswerMetrics, type Message } from '../../core/api/schema';
import { type ChatFailure, failureOf } from './chat-failure';
import { splitThinking } from './think-tags';

/**
 * waiting: asked, nothing has come; writing: words come; done: complete; stopped: by the person;
 * broken: ended before it was complete; failed: never began.
 */
export type AnswerState = 'waiting' | 'writing' | 'done' | 'stopped' | 'broken' | 'failed';

/** What has arrived of an answer since it was last looked at. */
export interface AnswerPiece {
  content: string;
  reasoning: string;
}

/** Moments in milliseconds on the clock of `performance.now()`. */
interface Moments {
  asked: number;
  firstToken: number | null;
  firstWord: number | null;
  ended: number | null;
}

const ENDED_STATES = {
  complete: 'done',
  stopped: 'stopped',
  interrupted: 'broken',
  failed: 'failed',
} as const;

/** Marks what broke only because Lumen ended: following it makes the server go on with it. */
const RESUMABLE = 'replica_lost';

/**
 * One answer of a model, from the moment it is asked for. While it is written only its own
 * signals change, so nothing else on the page is looked at again.
 */
export class Answer {
  /** Of its message; null while the server does not know it, and in a temporary chat. */
  readonly id = signal<string | null>(null);
  readonly state = signal<AnswerState>('waiting');
  readonly failure = signal<ChatFailure | null>(null);
  readonly metrics = signal<AnswerMetrics | null>(null);
  readonly finishReason = signal<string | null>(null);
  readonly comparisonId = signal<string | null>(null);
  /** The branches at this place, itself among them. */
  readonly siblingIds = signal<readonly string[]>([]);
  /** The question it answers. */
  readonly parentId = signal<string | null>(null);
  /** It broke off in a way in which the server goes on as soon as somebody looks. */
  readonly isResumable = signal(false);

  private readonly spoken = signal('');
  private readonly thought = signal('');
  private readonly moments = signal<Moments>(startingNow());

  private readonly parts = computed(() =>
    this.hasTags ? splitThinking(this.spoken()) : { content: this.spoken(), reasoning: '' },
  );
  /** What the model says, as Markdown. */
  readonly content = computed(() => this.parts().content);
  /** What the model thought before, as Markdown; empty if it did not or does not tell. */
  readonly reasoning = computed(() => this.thought() || this.parts().reasoning);

  readonly isRunning = computed(() => this.state() === 'waiting' || this.state() === 'writing');
  readonly isThinking = computed(() => this.state() === 'writing' && this.content() === '');
  readonly hasWords = computed(() => this.content() !== '');
  /** Its text ends before the model was done. */
  readonly isCut = computed(
    () =>
      this.state() === 'stopped' ||
      this.state() === 'broken' ||
      (this.state() === 'done' && this.finishReason() === 'length'),
  );

  /** Seconds from the first thought to the first word; null if it did not think. */
  readonly thinkingSeconds = computed(() => {
    if (this.reasoning() === '') return null;
    const known = this.metrics()?.thinkingMs ?? null;
    if (known !== null) return known / 1000;
    const { firstToken, firstWord, ended } = this.moments();
    return firstToken === null ? null : secondsBetween(firstToken, firstWord ?? ended);
  });
  /** Tokens a second while it was writing; null where that cannot be told. */
  readonly tokensPerSecond = computed(() => {
    const { completionTokens, durationMs, firstTokenMs } = this.metrics() ?? {};
    const writing = (durationMs ?? 0) - (firstTokenMs ?? 0);
    const tokens = completionTokens ?? 0;
    return writing < 50 || tokens < 2 ? null : (1000 * tokens) / writing;
  });

  constructor(
    readonly modelId: string,
    readonly modelName: string,
    /** Its thoughts may come within its words, between tags. */
    private readonly hasTags = false,
  ) {}

  /** Takes in what the server knows of it: all it has said, and how it stands. */
  take(message: Message): void {
    this.id.set(message.id);
    this.parentId.set(message.parentId);
    this.siblingIds.set(message.siblingIds);
    this.comparisonId.set(message.comparisonId);
    this.spoken.set(message.content);
    this.thought.set(message.reasoning);
    this.finishReason.set(message.finishReason);
    this.metrics.set(message.metrics);
    this.isResumable.set(message.state === 'interrupted' && message.error?.code === RESUMABLE);
    this.failure.set(failureOf(message));
    if (message.state === 'writing') this.state.set(this.hasBegun() ? 'writing' : 'waiting');
    else this.end(ENDED_STATES[message.state]);
  }

  /** Takes in what the stream has brought since the last frame. */
  append(pieces: readonly AnswerPiece[]): void {
    const content = pieces.map((piece) => piece.content).join('');
    const reasoning = pieces.map((piece) => piece.reasoning).join('');
    if (content !== '') this.spoken.update((text) => text + content);
    if (reasoning !== '') this.thought.update((text) => text + reasoning);
    if (content !== '' || reasoning !== '') this.noteArrival();
  }

  /** Takes this for all that was said so far. */
  replace({ content, reasoning }: AnswerPiece): void {
    this.spoken.set(content);
    this.thought.set(reasoning);
    if (this.hasBegun()) this.noteArrival();
  }

  /** How much of it has arrived, as the server counts: where to go on from. */
  position(): string {
    return `${this.spoken().length}.${this.thought().length}`;
  }

  /** It is being written on: what it said before stays. */
  resume(): void {
    this.failure.set(null);
    this.state.set(this.hasBegun() ? 'writing' : 'waiting');
  }

  end(state: 'done' | 'stopped' | 'broken' | 'failed'): void {
    this.moments.update((moments) => ({ ...moments, ended: performance.now() }));
    this.state.set(state);
  }

  fail(failure: ChatFailure): void {
    this.failure.set(failure);
    this.end(this.hasBegun() ? 'broken' : 'failed');
  }

  /** Metrics of an answer that nobody but this page has seen, by the page's own clock. */
  measure(metrics: Partial<AnswerMetrics>): void {
    const { asked, firstToken, ended } = this.moments();
    const end = ended ?? performance.now();
    const firstTokenMs = firstToken === null ? null : Math.round(firstToken - asked);
    const durationMs = Math.round(end - asked);
    this.metrics.set({ ...NOTHING_KNOWN, ...this.metrics(), firstTokenMs, durationMs, ...metrics });
  }

  private hasBegun(): boolean {
    return this.spoken() !== '' || this.thought() !== '';
  }

  private noteArrival(): void {
    if (this.state() === 'waiting') this.state.set('writing');
    const now = performance.now();
    this.moments.update((moments) => ({
      ...moments,
      firstToken: moments.firstToken ?? now,
      firstWord: moments.firstWord ?? (this.content() === '' ? null : now),
    }));
  }
}

const NOTHING_KNOWN: AnswerMetrics = {
  promptTokens: null,
  completionTokens: null,
  cachedTokens: null,
  reasoningTokens: null,
  isEstimated: false,
  cost: null,
  firstTokenMs: null,
  thinkingMs: null,
  durationMs: null,
  requestId: null,
};

function startingNow(): Moments {
  return { asked: performance.now(), firstToken: null, firstWord: null, ended: null };
}

function secondsBetween(from: number, to: number | null): number | null {
  return to === null ? null : Math.max(0, to - from) / 1000;
}
