import { Service, inject } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type Message } from '../../core/api/schema';
import { type Answer, type AnswerPiece } from './answer';
import { AnswerAnnouncer } from './answer-announcer';
import { readAnswer } from './answer-stream';
import { chatFailure } from './chat-failure';
import { FrameBuffer } from './frame-buffer';
import { Reconnection } from './reconnection';

/** Refusals that pass: the server is busy, restarting, or not to be reached. */
const PASSING = new Set([0, 408, 425, 429]);

interface Following {
  readonly answer: Answer;
  readonly leaving: AbortController;
}

/**
 * Follows answers the server is writing, each from where it is known to, until they end. A
 * connection that breaks is made again: the answer does not depend on anyone looking.
 */
@Service()
export class AnswerFollower {
  private readonly api = inject(ApiClient);
  private readonly announcer = inject(AnswerAnnouncer);
  private readonly reconnection = inject(Reconnection);
  /** By the id of the answer: where it is shown anew, the one that was shown before is left. */
  private readonly following = new Map<string, Following>();

  /** Resolves when the answer has ended (true), or nobody is to follow it any more (false). */
  async follow(answer: Answer): Promise<boolean> {
    const id = answer.id();
    const former = id === null ? null : this.following.get(id);
    if (id === null || former?.answer === answer) return false;
    former?.leaving.abort();
    const mine = { answer, leaving: new AbortController() };
    this.following.set(id, mine);
    try {
      return await this.untilEnded(answer, mine.leaving.signal);
    } finally {
      if (this.following.get(id) === mine) this.following.delete(id);
      this.reconnection.forget(answer);
    }
  }

  /** Looks away; the server goes on writing. */
  leave(answer: Answer): void {
    const followed = this.following.get(answer.id() ?? '');
    if (followed?.answer === answer) followed.leaving.abort();
  }

  private async untilEnded(answer: Answer, leaving: AbortSignal): Promise<boolean> {
    for (let attempt = 0; !leaving.aborted; attempt++) {
      const from = answer.position();
      try {
        const message = await this.read(answer, leaving);
        if (message !== null) return this.end(answer, message);
      } catch (cause) {
        if (leaving.aborted) return false;
        const error = asApiError(cause);
        if (!isPassing(error)) return this.giveUp(answer, error);
      }
      if (leaving.aborted) return false;
      if (answer.position() !== from) attempt = 0;
      this.reconnection.note(answer);
      await this.reconnection.pause(attempt, leaving);
    }
    return false;
  }

  /** Gives the whole answer if it came to its end, null if the connection broke before. */
  private async read(answer: Answer, leaving: AbortSignal): Promise<Message | null> {
    const attempt = new AbortController();
    const abort = () => attempt.abort();
    leaving.addEventListener('abort', abort);
    window.addEventListener('offline', abort);
    try {
      const response = await this.connect(answer, attempt.signal);
      this.reconnection.forget(answer);
      return response.body === null ? null : await this.collect(answer, response.body);
    } catch (cause) {
      // The network is gone, not the answer.
      if (attempt.signal.aborted) return null;
      throw cause;
    } finally {
      leaving.removeEventListener('abort', abort);
      window.removeEventListener('offline', abort);
    }
  }

  private connect(answer: Answer, signal: AbortSignal): Promise<Response> {
    return this.api.send(`/chat/answers/${answer.id()}/events`, {
      headers: { accept: 'text/event-stream', 'last-event-id': answer.position() },
      signal,
    });
  }

  private async collect(answer: Answer, body: ReadableStream<Uint8Array>): Promise<Message | null> {
    let pieces: AnswerPiece[] = [];
    const buffer = new FrameBuffer(() => {
      const isFirst = answer.state() === 'waiting';
      answer.append(pieces);
      pieces = [];
      if (isFirst && answer.state() === 'writing') this.announcer.began();
    });
    try {
      for await (const event of readAnswer(body)) {
        if (event.kind === 'end') return event.message;
        if (!answer.isRunning()) answer.resume();
        if (event.kind === 'text') {
          pieces = [];
          answer.replace(event.text);
        } else {
          pieces.push(event.piece);
          buffer.touch();
        }
      }
      return null;
    } finally {
      buffer.finish();
    }
  }

  private end(answer: Answer, message: Message): true {
    const wasRunning = answer.isRunning();
    answer.take(message);
    if (wasRunning) this.announcer.ended(answer);
    return true;
  }

  /** Signed out: the page offers to sign in, and the answer is followed again after that. */
  private giveUp(answer: Answer, error: ApiError): false {
    if (error.status === 401) return false;
    answer.fail(chatFailure(error));
    this.announcer.ended(answer);
    return false;
  }
}

function isPassing({ status }: ApiError): boolean {
  return PASSING.has(status) || status >= 500;
}
