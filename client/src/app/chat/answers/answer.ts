import { computed, signal } from '@angular/core';

import { type ChatFailure } from './chat-failure';
import { type CompletionPiece, type Usage } from './completion-stream';
import { splitThinking } from './think-tags';

/**
 * waiting: asked, nothing has come; writing: words come; done: complete; stopped: by the person;
 * broken: ended before it was complete; failed: never began.
 */
export type AnswerState = 'waiting' | 'writing' | 'done' | 'stopped' | 'broken' | 'failed';

/** Moments in milliseconds on the clock of `performance.now()`. */
interface Moments {
  asked: number;
  firstToken: number | null;
  firstWord: number | null;
  ended: number | null;
}

/**
 * One answer of a model, from the moment it is asked for. While it is written only its own
 * signals change, so nothing else on the page is looked at again.
 */
export class Answer {
  readonly state = signal<AnswerState>('waiting');
  readonly failure = signal<ChatFailure | null>(null);
  readonly usage = signal<Usage | null>(null);
  readonly finishReason = signal<string | null>(null);
  readonly requestId = signal<string | null>(null);

  private readonly raw = signal('');
  private readonly separateReasoning = signal('');
  private readonly moments = signal<Moments>(this.started());

  private readonly parts = computed(() => splitThinking(this.raw()));
  /** What the model says, as Markdown. */
  readonly content = computed(() => this.parts().content);
  /** What the model thought before, as Markdown; empty if it did not or does not tell. */
  readonly reasoning = computed(() => this.separateReasoning() || this.parts().reasoning);

  readonly isRunning = computed(() => this.state() === 'waiting' || this.state() === 'writing');
  readonly isThinking = computed(() => this.state() === 'writing' && this.content() === '');
  readonly hasWords = computed(() => this.content() !== '');

  /** Seconds from the first thought to the first word; null if it did not think. */
  readonly thinkingSeconds = computed(() => {
    const { firstToken, firstWord, ended } = this.moments();
    const end = firstWord ?? ended;
    return this.reasoning() === '' || firstToken === null ? null : seconds(firstToken, end);
  });
  readonly firstTokenSeconds = computed(() => {
    const { asked, firstToken } = this.moments();
    return firstToken === null ? null : seconds(asked, firstToken);
  });
  readonly durationSeconds = computed(() => seconds(this.moments().asked, this.moments().ended));
  /** Tokens a second while it was writing; null where that cannot be told. */
  readonly tokensPerSecond = computed(() => {
    const { firstToken, ended } = this.moments();
    const writing = firstToken === null ? null : seconds(firstToken, ended);
    const tokens = this.usage()?.output ?? 0;
    return writing === null || writing < 0.05 || tokens < 2 ? null : tokens / writing;
  });

  constructor(
    readonly modelId: string,
    readonly modelName: string,
  ) {}

  /** Takes in what the stream has brought since the last frame. */
  append(pieces: readonly CompletionPiece[]): void {
    const content = pieces.map((piece) => piece.content).join('');
    const reasoning = pieces.map((piece) => piece.reasoning).join('');
    if (content !== '') this.raw.update((text) => text + content);
    if (reasoning !== '') this.separateReasoning.update((text) => text + reasoning);
    for (const { usage, finishReason } of pieces) {
      if (usage !== null) this.usage.set(usage);
      if (finishReason !== null) this.finishReason.set(finishReason);
    }
    this.noteMoments(content !== '' || reasoning !== '');
  }

  end(state: 'done' | 'stopped' | 'broken'): void {
    this.moments.update((moments) => ({ ...moments, ended: performance.now() }));
    this.state.set(state);
  }

  fail(failure: ChatFailure): void {
    this.failure.set(failure);
    this.requestId.update((known) => known ?? failure.requestId);
    this.moments.update((moments) => ({ ...moments, ended: performance.now() }));
    this.state.set(this.raw() === '' && this.separateReasoning() === '' ? 'failed' : 'broken');
  }

  private noteMoments(hasArrived: boolean): void {
    if (!hasArrived) return;
    if (this.state() === 'waiting') this.state.set('writing');
    const now = performance.now();
    this.moments.update((moments) => ({
      ...moments,
      firstToken: moments.firstToken ?? now,
      firstWord: moments.firstWord ?? (this.content() === '' ? null : now),
    }));
  }

  private started(): Moments {
    return { asked: performance.now(), firstToken: null, firstWord: null, ended: null };
  }
}

function seconds(from: number, to: number | null): number | null {
  return to === null ? null : Math.max(0, to - from) / 1000;
}
