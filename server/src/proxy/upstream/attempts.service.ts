import { Injectable } from '@nestjs/common';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { type ErrorCode } from '../../infrastructure/errors/error-codes.js';
import { normaliseError } from '../../infrastructure/errors/normalise-error.js';
import {
  CallerGoneError,
  type EndpointState,
  type EndpointTurn,
  RouterService,
} from '../../models/index.js';
import { type MeteredRequest } from '../metering/metered-request.js';
import { type ProxyCall } from '../proxy-call.js';
import { type AttemptFailure, failureOf } from './attempt-failure.js';
import { AttemptHistory } from './attempt-history.js';
import { CallerLeft, Exchange } from './exchange.js';
import { type ServedOutcome } from './finish-relay.js';
import { type Relay, type RelayOutcome } from './relay.js';
import { decideRetry } from './retry-decision.js';
import { UpstreamClientService } from './upstream-client.service.js';

const SECOND = 1000;

/** Nothing has gone to the caller, and this model will not serve it. */
export interface UnservedOutcome {
  readonly kind: 'unserved';
  readonly error: AppError;
  /** Another model may serve instead. */
  readonly canFallBack: boolean;
}

/** One request at one model, and what was tried so far. */
interface Course {
  readonly exchange: Exchange;
  readonly metered: MeteredRequest;
  /** When all must be over; counts from the first turn. */
  totalAtMs: number;
  /** Of the attempt under way. */
  beganAtMs: number;
  /** Null until an attempt has failed, as is `failure`, the last of them. */
  history: AttemptHistory | null;
  failure: AttemptFailure | null;
  /** When the back-off was over, so that what was tried may be asked again; null: there was none. */
  restedAtMs: number | null;
}

type Outcome = ServedOutcome | UnservedOutcome;

/**
 * Asks the endpoints of a model for an answer until one begins to serve or there is no point in going
 * on. Until the first byte has gone to the caller an attempt leaves no trace but in the log.
 */
@Injectable()
export class AttemptsService {
  constructor(
    private readonly router: RouterService,
    private readonly upstream: UpstreamClientService,
    private readonly clock: ClockService,
  ) {}

  /** Begins a call. It must be closed when all is there that its caller gets. */
  open(call: ProxyCall): Exchange {
    const exchange = new Exchange(call);
    this.upstream.exchanges.add(exchange);
    return exchange;
  }

  close(exchange: Exchange): void {
    this.upstream.exchanges.delete(exchange);
  }

  /** Never rejects. One attempt that is served at once waits for nothing but its answer. */
  async run(exchange: Exchange, metered: MeteredRequest): Promise<Outcome> {
    const { request, entry } = metered;
    exchange.begin(entry.routing.isSticky ? request.affinityKey : null);
    const course = courseOf(exchange, metered);
    try {
      for (;;) {
        const taken = this.router.turn(metered.entry, exchange);
        const turn = taken instanceof Promise ? await waited(exchange, taken) : taken;
        const outcome = this.isSuited(course, turn)
          ? await this.concluded(course, turn, await this.send(course, turn).outcome)
          : await this.passedOver(course, turn);
        if (outcome) return outcome;
      }
    } catch (error) {
      return endedBy(error, course.failure?.error ?? exchange.stopReason);
    } finally {
      exchange.rests();
    }
  }

  private send(course: Course, turn: EndpointTurn): Relay {
    const { exchange, metered } = course;
    const { totalS } = metered.entry.routing.timeouts;
    course.beganAtMs = this.clock.monotonicMs();
    if (course.totalAtMs === Infinity) course.totalAtMs = course.beganAtMs + totalS * SECOND;
    const { totalAtMs } = course;
    try {
      if (turn.queuePosition > 0) metered.waited(turn.queuePosition);
      const { entry, outputLimit } = metered;
      const { timeouts } = entry.routing;
      const request = metered.request.toBackend(turn.endpoint, outputLimit, entry);
      const headers = metered.called(turn);
      const attempt = { exchange, turn, request, headers, terms: metered, timeouts, totalAtMs };
      const relay = this.upstream.send(attempt);
      metered.forwarded(turn.endpoint, relay);
      return relay;
    } catch (error) {
      turn.release('neither');
      throw error;
    }
  }

  /** Null: the attempt failed, and there is more to try. */
  private concluded(
    course: Course,
    turn: EndpointTurn,
    outcome: RelayOutcome,
  ): Outcome | Promise<Outcome | null> {
    course.exchange.rests();
    switch (outcome.kind) {
      case 'completed':
        turn.release('served');
        return outcome;
      case 'cancelled':
        turn.release(outcome.answer?.isStarted ? 'served' : 'neither');
        return outcome;
      default:
        return this.failed(course, turn, outcome);
    }
  }

  private failed(
    course: Course,
    turn: EndpointTurn,
    outcome: FailedOutcome,
  ): Outcome | Promise<Outcome | null> {
    const { metered } = course;
    const { entry } = metered;
    const { id, url } = turn.endpoint;
    const nowMs = this.clock.monotonicMs();
    const failure = failureOf(outcome, metered.backend, this.clock.nowMs());
    turn.release(failure.health);
    if (outcome.kind === 'failed' && outcome.answer?.isStarted) {
      return { kind: 'broken', answer: outcome.answer, error: failure.error };
    }
    const { status, error } = failure;
    const ms = Math.round(nowMs - course.beganAtMs);
    metered.record.attemptFailed({ endpoint: url, status, code: error.code, ms });
    const history = (course.history ??= new AttemptHistory(entry.routing.retries));
    history.failed(id, failure, nowMs);
    course.failure = failure;
    course.restedAtMs = null;
    const usable = this.router.states(entry).filter(({ status: health }) => health !== 'ejected');
    const isUntried = ({ endpoint }: EndpointState) => !history.hasTried(endpoint.id);
    const left = usable.some(isUntried) ? 'untried' : usable.length > 0 ? 'tried' : 'none';
    return this.goOn(course, history, failure, left);
  }

  /** Whether a turn is worth to be used: at an endpoint not yet tried, or after a rest. */
  private isSuited({ history, restedAtMs }: Course, { endpoint }: EndpointTurn): boolean {
    if (!history?.hasTried(endpoint.id)) return true;
    return restedAtMs !== null && history.isReady(endpoint.id, restedAtMs);
  }

  /** What seemed to be left was taken out meanwhile, so that a tried endpoint came up again. */
  private passedOver(course: Course, turn: EndpointTurn): Outcome | Promise<Outcome | null> {
    turn.release('neither');
    const failure = course.failure!;
    if (course.restedAtMs !== null)
      return { kind: 'unserved', error: failure.error, canFallBack: true };
    return this.goOn(course, course.history!, failure, 'tried');
  }

  /** Resolves with null when it is time for the next attempt. */
  private async goOn(
    course: Course,
    history: AttemptHistory,
    { fault, error }: AttemptFailure,
    left: 'untried' | 'tried' | 'none',
  ): Promise<Outcome | null> {
    const { exchange, metered, totalAtMs } = course;
    const { attempts } = history;
    const { retries } = metered.entry.routing;
    const nowMs = this.clock.monotonicMs();
    const leftMs = totalAtMs - nowMs;
    const hasUntried = left === 'untried';
    // What was left out a moment ago is not worth a pause.
    const readyInMs = left === 'none' ? null : history.readyInMs(nowMs);
    const decision = decideRetry({ fault, attempts, retries, hasUntried, readyInMs, leftMs });
    if (decision.kind === 'give_up') {
      return { kind: 'unserved', error, canFallBack: decision.canFallBack };
    }
    if (decision.kind === 'fail_over') {
      exchange.tried = history.tried;
      return null;
    }
    await rested(exchange, decision.afterMs);
    // As planned, since timers may be a little early.
    course.restedAtMs = nowMs + decision.afterMs;
    exchange.tried = history.notReady(course.restedAtMs);
    return null;
  }
}

function courseOf(exchange: Exchange, metered: MeteredRequest): Course {
  return {
    exchange,
    metered,
    totalAtMs: Infinity,
    beganAtMs: 0,
    history: null,
    failure: null,
    restedAtMs: null,
  };
}

type FailedOutcome = Extract<RelayOutcome, { kind: 'refused' | 'failed' }>;

/** A turn that comes too late is given back. */
async function waited(exchange: Exchange, taken: Promise<EndpointTurn>): Promise<EndpointTurn> {
  try {
    return await exchange.waits(taken, 'grace');
  } catch (error) {
    taken.then(
      (turn) => turn.release('neither'),
      () => undefined,
    );
    throw error;
  }
}

async function rested(exchange: Exchange, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await exchange.waits(promise, 'stop');
  } finally {
    clearTimeout(timer);
  }
}

const NO_TURN: readonly ErrorCode[] = ['model_unavailable', 'overloaded'];

/** `known`: what says more than that no endpoint is left, where that is so; null: nothing does. */
function endedBy(thrown: unknown, known: AppError | null): Outcome {
  if (thrown instanceof CallerLeft || thrown instanceof CallerGoneError) {
    return { kind: 'cancelled', answer: null };
  }
  const error = normaliseError(thrown);
  const canFallBack = NO_TURN.includes(error.code);
  return { kind: 'unserved', error: (canFallBack && known) || error, canFallBack };
}
