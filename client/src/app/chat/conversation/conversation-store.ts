import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Service, type WritableSignal, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type ChatModel } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Answer } from '../answers/answer';
import { chatFailure } from '../answers/chat-failure';
import { ChatModels } from '../models/chat-models';
import { type CompletionPiece, readCompletion } from '../answers/completion-stream';
import { Draft } from '../composer/draft';
import { FrameBuffer } from '../answers/frame-buffer';

/** A question and what came of it. Asking again replaces the answer, not the exchange. */
export class Exchange {
  readonly answer: WritableSignal<Answer>;

  constructor(
    readonly id: number,
    readonly question: string,
    first: Answer,
  ) {
    this.answer = signal(first);
  }
}

const TITLE_CHARACTERS = 60;

/** The open conversation. It lives in memory; a new chat or a reload ends it. */
@Service()
export class ConversationStore {
  private readonly api = inject(ApiClient);
  private readonly models = inject(ChatModels);
  private readonly draft = inject(Draft);
  private readonly announcer = inject(LiveAnnouncer);
  private readonly i18n = inject(I18n);

  private readonly state = signal<readonly Exchange[]>([]);
  private abort: AbortController | null = null;
  private count = 0;

  readonly exchanges = this.state.asReadonly();
  readonly isEmpty = computed(() => this.state().length === 0);
  readonly current = computed(() => this.state().at(-1) ?? null);
  readonly isAnswering = computed(() => this.current()?.answer().isRunning() ?? false);
  /** The beginning of the first question; empty for a new chat. */
  readonly title = computed(() => titleOf(this.state()[0]?.question ?? ''));

  /** Sends a question; does nothing while an answer is being written or without a model. */
  async ask(question: string): Promise<void> {
    const model = this.models.selected();
    if (question.trim() === '' || model === null || this.isAnswering()) return;
    const exchange = new Exchange(++this.count, question.trim(), newAnswer(model));
    this.state.update((exchanges) => [...exchanges.filter(hasAnswer), exchange]);
    this.draft.set('');
    await this.run(exchange);
  }

  /** Asks for the last answer once more, from the model chosen now. */
  async regenerate(): Promise<void> {
    const exchange = this.current();
    const model = this.models.selected();
    if (exchange === null || model === null || this.isAnswering()) return;
    if (this.draft.text() === exchange.question) this.draft.set('');
    exchange.answer.set(newAnswer(model));
    await this.run(exchange);
  }

  /** Ends the answer that is being written; what has arrived stays. */
  stop(): void {
    this.abort?.abort();
  }

  /** Begins a new chat. Gives back a way to undo it, or null if there was nothing to lose. */
  clear(): (() => void) | null {
    const former = this.state();
    this.stop();
    this.state.set([]);
    if (former.length === 0) return null;
    return () => {
      this.stop();
      this.state.set(former);
    };
  }

  private async run(exchange: Exchange): Promise<void> {
    const answer = exchange.answer();
    const abort = new AbortController();
    this.abort = abort;
    try {
      await this.receive(answer, this.messagesUpTo(exchange), abort.signal);
      answer.end('done');
      this.announce(this.i18n.text().chat.announce.complete(countWords(answer.content())));
    } catch (cause) {
      if (abort.signal.aborted) this.stopped(exchange);
      else this.failed(exchange, asApiError(cause));
    }
  }

  private async receive(answer: Answer, messages: unknown[], signal: AbortSignal): Promise<void> {
    const response = await this.api.send('/chat/completions', {
      method: 'POST',
      signal,
      body: {
        model: answer.modelId,
        messages,
        stream: true,
        stream_options: { include_usage: true },
      },
    });
    answer.requestId.set(response.headers.get('x-request-id'));
    if (response.body === null) throw new TypeError('The answer has no body.');
    await this.collect(answer, response.body);
  }

  private async collect(answer: Answer, body: ReadableStream<Uint8Array>): Promise<void> {
    let pieces: CompletionPiece[] = [];
    const buffer = new FrameBuffer(() => {
      const isFirst = answer.state() === 'waiting';
      answer.append(pieces);
      pieces = [];
      if (isFirst && answer.state() === 'writing') {
        this.announce(this.i18n.text().chat.announce.started);
      }
    });
    try {
      for await (const piece of readCompletion(body)) {
        pieces.push(piece);
        buffer.touch();
      }
    } finally {
      buffer.finish();
    }
  }

  /** Stopped before the first word: the question goes back to the field, as if never sent. */
  private stopped(exchange: Exchange): void {
    const answer = exchange.answer();
    answer.end('stopped');
    if (!answer.hasWords()) this.draft.restore(exchange.question);
    this.announce(this.i18n.text().chat.announce.stopped);
  }

  private failed(exchange: Exchange, error: ApiError): void {
    const answer = exchange.answer();
    answer.fail(chatFailure(error));
    if (answer.state() === 'failed') this.draft.restore(exchange.question);
    const { errors, announce } = this.i18n.text().chat;
    const kind = answer.failure()?.kind ?? 'server';
    void this.announcer.announce(announce.failed(errors[kind]), 'assertive');
  }

  /** What the model is told: every exchange that has words, up to the question. */
  private messagesUpTo(exchange: Exchange): unknown[] {
    const exchanges = this.state();
    const earlier = exchanges.slice(0, exchanges.indexOf(exchange)).filter(hasAnswer);
    const messages = earlier.flatMap(({ question, answer }) => [
      { role: 'user', content: question },
      { role: 'assistant', content: answer().content() },
    ]);
    return [...messages, { role: 'user', content: exchange.question }];
  }

  private announce(message: string): void {
    void this.announcer.announce(message, 'polite');
  }
}

function newAnswer(model: ChatModel): Answer {
  return new Answer(model.id, model.name);
}

/** An exchange that came to nothing is not part of the conversation the model is told. */
function hasAnswer(exchange: Exchange): boolean {
  return exchange.answer().hasWords();
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function titleOf(question: string): string {
  const line = question.trim().split('\n')[0] ?? '';
  return line.length <= TITLE_CHARACTERS ? line : `${line.slice(0, TITLE_CHARACTERS).trimEnd()}…`;
}
