import { Injectable } from '@nestjs/common';
import { type Funding, type HoldGrant } from '../../budgets/index.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { ERROR_CODES } from '../../infrastructure/errors/error-codes.js';
import { normaliseError } from '../../infrastructure/errors/normalise-error.js';
import { newSpanId, type RequestTrace } from '../../infrastructure/telemetry/request-trace.js';
import { TracesService } from '../../infrastructure/telemetry/traces.service.js';
import { type CatalogueEntry, type EndpointTurn, type ModelEndpoint } from '../../models/index.js';
import {
  type FailedAttempt,
  recordToJson,
  type RequestRecord,
  RequestLogService,
} from '../../usage/index.js';
import { type ModelRequest } from '../requests/model-request.js';
import { type ProxyCall } from '../proxy-call.js';
import { type Relay } from '../upstream/relay.js';
import { attemptsToJson } from './attempts-json.js';
import { NO_USAGE, type SettledUsage } from '../answers/reported-usage.js';
import { type BackendCall, FinishedRequestsService } from './finished-requests.service.js';

/** nginx's word for "the caller closed the connection"; it is never sent to anyone. */
const CALLER_GONE_STATUS = 499;

/** Makes the one record that each request leaves in the log. */
@Injectable()
export class RequestRecorderService {
  constructor(
    readonly log: RequestLogService,
    readonly clock: ClockService,
    readonly finished: FinishedRequestsService,
    readonly traces: TracesService,
  ) {}

  open(call: ProxyCall): RequestRecorder {
    return new RequestRecorder(call, this);
  }

  /** For another model that is to serve the same call, since the one of `first` did not. */
  openAnother(call: ProxyCall, first: RequestRecorder): RequestRecorder {
    return new RequestRecorder(call, this, first);
  }
}

/** The record of one request while it is under way. */
export class RequestRecorder {
  private record: RequestRecord;
  private readonly startedAtMs: number;
  private relay: Relay | null = null;
  private isClosed = false;
  /** Attempts so far. */
  private attempts = 0;
  private readonly failedAttempts: FailedAttempt[] = [];
  private closedAtMs = 0;
  private isTold = false;
  private requestedModel = '';
  private readonly trace: RequestTrace | null;
  private readonly calls: BackendCall[] = [];

  constructor(
    call: ProxyCall,
    private readonly by: Pick<RequestRecorderService, 'log' | 'clock' | 'finished' | 'traces'>,
    private readonly standsInFor: RequestRecorder | null = null,
  ) {
    const { clock } = by;
    this.trace = standsInFor ? standsInFor.trace : by.traces.begin(call);
    this.startedAtMs = standsInFor?.startedAtMs ?? clock.monotonicMs();
    this.record = {
      id: newId(),
      requestId: call.requestId,
      startedAt: standsInFor?.record.startedAt ?? clock.now(),
      userId: call.principal.userId,
      clientId: call.principal.ownerKind === 'client' ? call.principal.ownerId : null,
      apiKeyId: call.principal.credential === 'api_key' ? call.principal.credentialId : null,
      source: call.source,
      operation: call.operation.name,
      model: '',
      endpoint: null,
      isStream: false,
      status: 200,
      errorCode: null,
      outcome: 'refused',
      ...NO_USAGE,
      firstByteMs: null,
      durationMs: 0,
      cost: null,
      accuracy: null,
      coinPoolId: null,
      coinsHeld: null,
      tokenPoolId: null,
      tokensHeld: null,
      audioMs: null,
      attempts: null,
    };
  }

  get id(): string {
    return this.record.id;
  }

  read(request: ModelRequest): void {
    this.record.model = request.model;
    this.requestedModel = this.standsInFor?.requestedModel ?? request.model;
    this.record.isStream = request.isStream;
  }

  /** What was asked for may be a name for it. */
  resolved(entry: CatalogueEntry): void {
    this.record.model = entry.id;
  }

  /** The pools that a hold is asked of. */
  funded({ coins, tokens }: Funding): void {
    this.record.coinPoolId = coins?.id ?? null;
    this.record.tokenPoolId = tokens?.id ?? null;
  }

  held({ coins, tokens }: Pick<HoldGrant, 'coins' | 'tokens'>): void {
    const { coinPoolId, tokenPoolId } = this.record;
    this.record.coinsHeld = coinPoolId === null ? null : coins;
    this.record.tokensHeld = tokenPoolId === null ? null : tokens;
  }

  /** Nothing was held, so that nothing is to be settled. */
  notHeld(): void {
    this.record.coinPoolId = null;
    this.record.tokenPoolId = null;
  }

  /** A backend is asked now; answers what it is told of the request's trace, null: nothing. */
  called({ endpoint, waitedMs }: EndpointTurn): Readonly<Record<string, string>> | null {
    const { finished, clock } = this.by;
    if (!finished.isHeard) return null;
    const { trace } = this;
    const spanId = trace?.isSampled ? newSpanId() : (trace?.spanId ?? '');
    const afterMs = clock.monotonicMs() - this.startedAtMs;
    this.calls.push({ endpoint, afterMs, waitedMs, spanId });
    return trace && trace.headersFor(spanId);
  }

  /** An attempt has begun. It is the one that counts, unless another comes after it. */
  forwarded(endpoint: ModelEndpoint, relay: Relay): void {
    this.attempts += 1;
    this.relay = relay;
    if (this.failedAttempts.length > 0) this.record.attempts = attemptsToJson(this.failedAttempts);
    this.record.endpoint = endpoint.url.slice(0, 512);
    this.record.outcome = 'failed';
  }

  /** The attempt under way came to nothing, before anything went to the caller. */
  attemptFailed(attempt: FailedAttempt): void {
    this.failedAttempts.push(attempt);
  }

  completed(): void {
    this.record.outcome = 'completed';
  }

  cancelled(): void {
    this.record.outcome = 'cancelled';
    this.record.status = CALLER_GONE_STATUS;
  }

  /** The answer had begun, so its status stands; the code tells how it ended. */
  brokeOff(error: AppError): void {
    this.record.errorCode = error.code;
  }

  failed(thrown: unknown): void {
    if (this.isClosed) return;
    const error = normaliseError(thrown);
    this.record.status = error.status;
    this.record.errorCode = error.code;
  }

  charged({ usage, accuracy, audioMs }: SettledUsage, cost: bigint): void {
    Object.assign(this.record, usage);
    this.record.audioMs = audioMs ?? null;
    this.record.accuracy = accuracy;
    this.record.cost = cost;
  }

  /** The record as it would be if this process died now, and this had been used. */
  checkpoint(used: SettledUsage | null, cost: bigint): string {
    const { usage, accuracy, audioMs } = used ?? { usage: NO_USAGE, accuracy: null, audioMs: null };
    const error = 'replica_lost';
    return recordToJson({
      ...this.record,
      ...usage,
      ...this.timings(),
      cost: used && cost,
      accuracy,
      audioMs: audioMs ?? null,
      outcome: 'failed',
      status: ERROR_CODES[error].status,
      errorCode: error,
    });
  }

  /** The finished record, for whoever writes it; nothing changes it any more. */
  close(): RequestRecord {
    if (this.isClosed) return this.record;
    this.isClosed = true;
    this.closedAtMs = this.by.clock.monotonicMs();
    return Object.assign(this.record, this.timings());
  }

  /**
   * The answer was there and is not given out, since the books could not be written in time: it failed
   * and costs nothing. A record of its own, since the one before may just be on its way.
   */
  takenBack(): RequestRecord {
    const errorCode = 'database_unavailable';
    this.record = {
      ...this.record,
      ...NO_USAGE,
      cost: null,
      accuracy: null,
      audioMs: null,
      outcome: 'failed',
      status: ERROR_CODES[errorCode].status,
      errorCode,
    };
    return this.record;
  }

  /**
   * The request is over. Hands a record to the log that nobody else has taken. Counts once. `isAnswer`:
   * what came of it is what the caller gets; else another model was asked instead.
   */
  logIfOpen(isAnswer = true): void {
    if (!this.isClosed) this.by.log.append(this.close());
    const { finished, clock } = this.by;
    if (!finished.isHeard || this.isTold) return;
    this.isTold = true;
    const { record, requestedModel, calls, failedAttempts: failures, trace } = this;
    const closingMs = clock.monotonicMs() - this.closedAtMs;
    const isStandIn = this.standsInFor !== null;
    const told = { record, isAnswer, isStandIn, requestedModel, calls, failures };
    finished.tell({ ...told, closingMs, trace });
  }

  /** What the request's log line says beside the usual. */
  get logFields(): Record<string, unknown> {
    const { model, endpoint, outcome, promptTokens, completionTokens, firstByteMs } = this.record;
    const { attempts } = this;
    const asked = this.standsInFor?.record.model;
    const fields = { model, asked, endpoint, outcome, attempts };
    return { ...fields, promptTokens, completionTokens, firstByteMs };
  }

  private timings(): Pick<RequestRecord, 'firstByteMs' | 'durationMs'> {
    const { firstByteAtMs } = this.relay ?? { firstByteAtMs: null };
    return {
      firstByteMs: firstByteAtMs === null ? null : Math.round(firstByteAtMs - this.startedAtMs),
      durationMs: Math.round(this.by.clock.monotonicMs() - this.startedAtMs),
    };
  }
}
