import { type TokenUsage } from '../../usage/index.js';
import {
  type Answer,
  type AnswerControl,
  type AnswerUsage,
  type OutputAllowance,
  type SettledAnswer,
} from './answer.js';
import { lengthEnding } from './length-ending.js';
import { countProduced, tokensOfBytes } from './produced-tokens.js';
import { laterReport, readUsage, type UsageBounds } from './reported-usage.js';
import { type ResponseSink } from './response-sink.js';
import { dataOf, endOfEvent, StreamFrames } from './stream-frames.js';
import { BackendErrorEvent } from '../upstream/upstream-errors.js';

/** Above this part of what is held, more is asked for, so that the stream need not wait. */
const ASK_AT = 0.75;
const NOTHING = Buffer.alloc(0);
const DONE = '[DONE]';
const USAGE_OBJECT = /"usage"\s*:\s*\{/;
/** A key or a value of JSON; inside a text that a model wrote its quotes would be escaped. */
const ERROR = '"error"';

export interface StreamTerms {
  readonly allowance: OutputAllowance;
  readonly bounds: UsageBounds;
  /** The caller did not ask for the usage: its chunk is Lumen's own. */
  readonly isUsageHidden: boolean;
  readonly choices: number;
}

/**
 * An answer as server-sent events. They pass as they come, whole ones together; the usage-only chunk
 * is left out where the caller did not ask for it, and `[DONE]` waits until the request is settled.
 * What the model wrote is counted on its way: beyond what is held nothing passes.
 */
export class StreamedAnswer implements Answer {
  readonly isStarted = true;
  readonly isEventStream = true;
  isCutShort = false;
  private readonly frames: StreamFrames;
  private produced = 0;
  private reported: TokenUsage | null = null;
  private isReportFinal = false;
  private isDone = false;
  private isEnded = false;
  /** The backend said that it failed; what it says after that is nobody's. */
  private isBroken = false;
  /** `[DONE]` as it came. */
  private ending: Buffer = NOTHING;
  /** Events that wait for more to be held. */
  private waiting: Buffer = NOTHING;
  private isAsking = false;
  private canAsk = true;

  /** `isOpaque`: compressed; passed on unread, counted by its size. */
  constructor(
    private readonly sink: ResponseSink,
    private readonly terms: StreamTerms,
    private readonly control: AnswerControl,
    isOpaque: boolean,
  ) {
    this.frames = new StreamFrames(isOpaque);
  }

  get usage(): AnswerUsage {
    const { reported, isReportFinal, produced } = this;
    return { reported, isReportFinal, producedTokens: produced };
  }

  take(chunk: Buffer): boolean {
    if (this.isDone || this.isCutShort || this.isBroken) return true;
    const events = this.frames.push(chunk);
    if (events === null) return true;
    if (this.waiting.length > 0) {
      this.waiting = Buffer.concat([this.waiting, events]);
      return false;
    }
    return this.pass(events);
  }

  end(): void {
    this.isEnded = true;
    if (this.waiting.length > 0) return;
    const rest = this.frames.rest();
    if (rest.length > 0 && !this.isDone && !this.isBroken) this.pass(rest);
    if (this.waiting.length === 0 && !this.isBroken) this.control.complete();
  }

  release(sink: ResponseSink, { usage }: SettledAnswer): void {
    if (this.isCutShort) {
      const { choices, isUsageHidden } = this.terms;
      sink.write(lengthEnding(this.waiting, choices, isUsageHidden ? null : usage));
    } else if (this.ending.length > 0) sink.write(this.ending);
    sink.end();
  }

  /** Most of a stream goes the short way: it is counted and written as it came. */
  private pass(events: Buffer): boolean {
    const text = events.toString('latin1');
    const tokens = this.count(text);
    const isSpecial = mentionsUsage(text) || text.includes(DONE) || text.includes(ERROR);
    const isWithin = this.produced + tokens <= this.terms.allowance.tokens;
    if (!isWithin || (isSpecial && !this.frames.isFragment)) return this.passOneByOne(events);
    this.produced += tokens;
    this.askAhead();
    return this.sink.write(events);
  }

  private passOneByOne(events: Buffer): boolean {
    const { sink } = this;
    const { allowance } = this.terms;
    let hasRoom = true;
    let written = 0;
    let at = 0;
    while (at < events.length && !this.isDone) {
      const end = this.frames.isFragment ? events.length : endOfEvent(events, at);
      const event = events.toString('latin1', at, end);
      if (this.isFailure(event)) {
        if (at > written) sink.write(events.subarray(written, at));
        return this.break(event);
      }
      const tokens = this.count(event);
      if (this.produced + tokens > allowance.tokens) break;
      this.produced += tokens;
      if (this.isHeldBack(event)) {
        if (at > written) hasRoom = sink.write(events.subarray(written, at)) && hasRoom;
        if (this.isDone) this.ending = Buffer.from(events.subarray(at, end));
        written = end;
      }
      at = end;
    }
    if (at > written) hasRoom = sink.write(events.subarray(written, at)) && hasRoom;
    if (this.isDone) this.control.complete();
    else if (at < events.length) return this.wait(events.subarray(at));
    this.askAhead();
    return hasRoom;
  }

  /** Reads the usage in an event, and tells whether the caller must not have it, or not yet. */
  private isHeldBack(event: string): boolean {
    if (this.frames.isFragment) return false;
    const isMention = mentionsUsage(event);
    if (!isMention && !event.includes(DONE)) return false;
    const data = dataOf(event);
    if (data === DONE) {
      this.isDone = true;
      return true;
    }
    return isMention && this.isUsageOnly(data) && this.terms.isUsageHidden;
  }

  /** Some backends report that they failed in an event, since the status has gone out as a success. */
  private isFailure(event: string): boolean {
    if (this.frames.isFragment || !event.includes(ERROR)) return false;
    const chunk = parsed(dataOf(event));
    return Boolean(chunk?.['error']) || chunk?.['object'] === 'error';
  }

  /** The event is not passed on as it is: it may say what is not for the caller. */
  private break(event: string): boolean {
    this.isBroken = true;
    this.control.fail(new BackendErrorEvent(Buffer.from(dataOf(event), 'latin1')));
    return true;
  }

  private isUsageOnly(data: string): boolean {
    const chunk = parsed(data);
    const usage = readUsage(chunk?.['usage'], this.terms.bounds);
    if (chunk === null || usage === null) return false;
    this.reported = laterReport(this.reported, usage);
    const { choices } = chunk;
    const isUsageOnly = Array.isArray(choices) && choices.length === 0;
    this.isReportFinal ||= isUsageOnly;
    return isUsageOnly;
  }

  private count(text: string): number {
    return this.frames.isFragment ? tokensOfBytes(text.length) : countProduced(text);
  }

  private askAhead(): void {
    const { allowance } = this.terms;
    if (this.produced > allowance.tokens * ASK_AT && !this.isDone) this.ask();
  }

  private wait(events: Buffer): boolean {
    this.waiting = Buffer.from(events);
    this.canAsk = true;
    this.ask();
    return false;
  }

  private ask(): void {
    if (this.isAsking || !this.canAsk) return;
    this.isAsking = true;
    const answer = this.terms.allowance.more();
    if (answer === null) this.answered(0);
    else {
      answer.then(
        (tokens) => this.answered(tokens),
        (error: unknown) => this.unanswered(error as Error),
      );
    }
  }

  private answered(tokens: number): void {
    this.isAsking = false;
    this.canAsk = tokens > 0;
    if (this.waiting.length === 0) return;
    if (tokens === 0) this.cutShort();
    else this.passWaiting();
  }

  /** It is asked again when there is nothing left; if that fails too, the stream cannot go on. */
  private unanswered(error: Error): void {
    this.isAsking = false;
    this.canAsk = false;
    if (this.waiting.length > 0) this.control.fail(error);
  }

  private passWaiting(): void {
    const events = this.waiting;
    this.waiting = NOTHING;
    const hasRoom = this.pass(events);
    if (this.waiting.length > 0) return;
    if (this.isEnded) this.end();
    else if (hasRoom) this.control.resume();
  }

  /** What waits is never shown; its first event lends the last one its looks. */
  private cutShort(): void {
    this.isCutShort = true;
    this.control.complete();
  }
}

/** Most chunks say `"usage":null`, or nothing of it. */
function mentionsUsage(text: string): boolean {
  return text.includes('"usage"') && USAGE_OBJECT.test(text);
}

function parsed(json: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(json) as unknown;
    const isObject = typeof value === 'object' && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
