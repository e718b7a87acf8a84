import { type AppError } from '../../infrastructure/errors/app-error.js';
import {
  type Answer,
  type AnswerControl,
  type AnswerUsage,
  type OutputAllowance,
  type SettledAnswer,
} from './answer.js';
import { type AnswerDialect, PLAIN, type StreamEvent } from './answer-dialect.js';
import { tokensOfBytes } from './produced-tokens.js';
import { laterReport, readUsage, type ReportedUsage, type UsageBounds } from './reported-usage.js';
import { type ResponseSink } from './response-sink.js';
import { saysSomething, SignsOfLife } from './signs-of-life.js';
import { endOfEvent, StreamFrames } from './stream-frames.js';
import { faultOfRest } from './stream-rest.js';
import { OversizedAnswerError, UnreadableAnswerError } from './unreadable-answer.js';
import { BackendErrorEvent } from '../upstream/upstream-errors.js';

/** Above this part of what is held, more is asked for, so that the stream need not wait. */
const ASK_AT = 0.75;
const NOTHING = Buffer.alloc(0);

/** What one request's stream is bound by. */
export interface StreamTerms {
  readonly allowance: OutputAllowance;
  readonly bounds: UsageBounds;
  /** The caller did not ask for the usage: its chunk is Lumen's own. */
  readonly isUsageHidden: boolean;
  readonly choices: number;
}

export interface StreamedAnswerOptions {
  readonly sink: ResponseSink;
  /** The caller's answer begins with them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly terms: StreamTerms;
  readonly control: AnswerControl;
  readonly dialect: AnswerDialect;
  /** Compressed: passed on unread, counted by its size. */
  readonly isOpaque: boolean;
  /** Of one event. */
  readonly mostBytes: number;
}

/** A stream that ended in good order without having said anything. */
export class EmptyStreamError extends Error {}

/**
 * An answer as server-sent events. They pass as they come, whole ones together, and with the first of
 * them that is no comment the caller's answer begins; the usage-only chunk is left out where the caller
 * did not ask for it, and `[DONE]` waits until the request is settled. What the model wrote is counted on
 * its way: beyond what is held nothing passes.
 */
export class StreamedAnswer implements Answer {
  isStarted = false;
  isCutShort = false;
  hasBegun = false;
  private readonly frames: StreamFrames;
  private readonly signs = new SignsOfLife();
  private produced = 0;
  private reported: ReportedUsage | null = null;
  /** What had been produced when the report came that says it is the last; null: none has. */
  private reportedAt: number | null = null;
  private isDone = false;
  /** It was said why the model ended, or may have been. */
  private hasReason: boolean;
  private isEnded = false;
  /** The backend said that it failed; what it says after that is nobody's. */
  private isBroken = false;
  /** `[DONE]` as it came. */
  private ending: Buffer = NOTHING;
  /** Events that wait for more to be held. */
  private waiting: Buffer = NOTHING;
  private isAsking = false;
  private canAsk = true;

  private readonly sink: ResponseSink;
  private readonly terms: StreamTerms;
  private readonly control: AnswerControl;
  private readonly dialect: AnswerDialect;

  constructor(private readonly options: StreamedAnswerOptions) {
    this.sink = options.sink;
    this.terms = options.terms;
    this.control = options.control;
    this.dialect = options.dialect;
    this.hasReason = this.dialect.saysWhy === undefined;
    this.frames = new StreamFrames(options.isOpaque, options.dialect.mostEventBytes);
  }

  get isBetweenEvents(): boolean {
    return this.isStarted && !this.frames.isFragment;
  }

  /** A report is no end if more was written behind it, unless the backend says that it is done. */
  private get isReportFinal(): boolean {
    return this.reportedAt !== null && (this.isDone || this.reportedAt === this.produced);
  }

  get usage(): AnswerUsage {
    const { reported, isReportFinal, produced } = this;
    return { reported, isReportFinal, producedTokens: produced };
  }

  take(chunk: Buffer): boolean {
    if (this.isDone || this.isCutShort || this.isBroken) return true;
    if (this.options.isOpaque && this.dialect.isReadable) {
      return this.giveUp(new UnreadableAnswerError('a compressed stream'));
    }
    const events = this.frames.push(chunk);
    const { mostBytes } = this.options;
    if (this.frames.eventBytes > mostBytes) return this.giveUp(new OversizedAnswerError(mostBytes));
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
    if (rest.length > 0 && !this.isDone && !this.isBroken) this.passRest(rest);
    if (this.waiting.length > 0 || this.isBroken) return;
    if (this.isEmpty)
      this.control.fail(new EmptyStreamError('the stream ended before its first event'));
    else if (this.isStarted && !this.isWhole)
      this.control.fail(new Error('the stream ended in the middle of the answer'));
    else this.control.complete();
  }

  release(sink: ResponseSink, { usage }: SettledAnswer): void {
    if (!this.isStarted) this.start();
    if (this.isCutShort) {
      const { choices, isUsageHidden } = this.terms;
      const shown = isUsageHidden ? null : usage;
      sink.write(this.dialect.lengthEnding(this.waiting, choices, shown));
    } else if (this.ending.length > 0) sink.write(this.ending);
    sink.end();
  }

  breakOff(sink: ResponseSink, error: AppError, isSettled: boolean): void {
    sink.write(Buffer.from(this.dialect.failure(error, isSettled)));
    sink.end();
  }

  /** What did not end as events do. */
  private passRest(rest: Buffer): void {
    const fault = this.options.isOpaque ? null : faultOfRest(rest, this.isStarted);
    if (fault) this.giveUp(fault);
    else this.pass(rest);
  }

  /** Most of a stream goes the short way: it is counted and written as it came. */
  private pass(events: Buffer): boolean {
    const text = events.toString('latin1');
    this.hasBegun ||= this.says(text);
    this.hasReason ||= this.mayGiveReason(text);
    const tokens = this.count(text);
    const isSpecial = !this.frames.isFragment && this.dialect.isSpecial(text);
    const isWithin = this.produced + tokens <= this.terms.allowance.tokens;
    if (!isWithin || isSpecial) return this.passOneByOne(events);
    this.produced += tokens;
    this.askAhead();
    return this.write(events);
  }

  private passOneByOne(events: Buffer): boolean {
    const { allowance } = this.terms;
    let hasRoom = true;
    let written = 0;
    let at = 0;
    while (at < events.length && !this.isDone) {
      const end = this.frames.isFragment ? events.length : endOfEvent(events, at);
      const event = events.toString('latin1', at, end);
      const said = this.frames.isFragment ? PLAIN : this.dialect.read(event);
      if (said.kind === 'failure') {
        if (at > written) this.write(events.subarray(written, at));
        return this.break(said.body);
      }
      const tokens = this.count(event);
      if (this.produced + tokens > allowance.tokens) break;
      this.produced += tokens;
      if (this.isHeldBack(said)) {
        if (at > written) hasRoom = this.write(events.subarray(written, at)) && hasRoom;
        if (this.isDone) this.ending = Buffer.from(events.subarray(at, end));
        written = end;
      }
      at = end;
    }
    if (at > written) hasRoom = this.write(events.subarray(written, at)) && hasRoom;
    if (this.isDone) this.control.complete();
    else if (at < events.length) return this.wait(events.subarray(at));
    this.askAhead();
    return hasRoom;
  }

  private get isEmpty(): boolean {
    return !this.isStarted && !this.isDone && this.reported === null;
  }

  /**
   * Proxies end a stream in good order when the backend behind them has died. The usage of the whole
   * answer is as good an end as a reason: it is not known before.
   */
  private get isWhole(): boolean {
    return this.isDone || this.hasReason || this.isReportFinal;
  }

  /** What is too long to be read, or compressed, has the benefit of the doubt. */
  private mayGiveReason(events: string): boolean {
    if (this.frames.isFragment) return !this.frames.isComment;
    return this.dialect.saysWhy?.(events) ?? true;
  }

  private write(events: Buffer): boolean {
    if (!this.isStarted) {
      if (!this.says(events.toString('latin1'))) {
        this.signs.keep(events);
        return true;
      }
      this.start();
    }
    return this.sink.write(events);
  }

  private start(): void {
    this.sink.start(200, this.options.headers);
    this.isStarted = true;
    const signs = this.signs.take();
    if (signs.length > 0) this.sink.write(signs);
  }

  /** A part of an event is not read; it is too long to be kept, even if it is of a comment. */
  private says(events: string): boolean {
    return this.frames.isFragment || saysSomething(events);
  }

  /** Keeps the usage of an event, and tells whether the caller must not have it, or not yet. */
  private isHeldBack(said: StreamEvent): boolean {
    if (said.kind === 'plain' || said.kind === 'failure') return false;
    const usage = readUsage(said.usage, this.terms.bounds);
    if (usage !== null) this.reported = laterReport(this.reported, usage);
    if (said.kind === 'end') {
      this.isDone = true;
      if (usage !== null) this.reportedAt = this.produced;
      return true;
    }
    if (usage === null || !said.isOnly) return false;
    this.reportedAt = this.produced;
    return this.terms.isUsageHidden;
  }

  /** The event is not passed on as it is: it may say what is not for the caller. */
  private break(body: string): boolean {
    return this.giveUp(new BackendErrorEvent(Buffer.from(body, 'latin1')));
  }

  private giveUp(error: Error): boolean {
    this.isBroken = true;
    this.control.fail(error);
    return true;
  }

  private count(text: string): number {
    if (this.frames.isComment) return 0;
    return this.frames.isFragment ? tokensOfBytes(text.length) : this.dialect.count(text);
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
    if (this.control.isOver) return;
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
