import { Injectable } from '@nestjs/common';
import { type Funding, type HoldGrant } from '../../budgets/index.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { type AppError } from '../../infrastructure/errors/app-error.js';
import { ERROR_CODES } from '../../infrastructure/errors/error-codes.js';
import { normaliseError } from '../../infrastructure/errors/normalise-error.js';
import { type CatalogueEntry, type ModelEndpoint } from '../../models/index.js';
import { recordToJson, type RequestRecord, RequestLogService } from '../../usage/index.js';
import { type ModelRequest } from '../requests/model-request.js';
import { type ProxyCall } from '../proxy-call.js';
import { type Relay } from '../upstream/relay.js';
import { NO_USAGE, type SettledUsage } from '../answers/reported-usage.js';

/** nginx's word for "the caller closed the connection"; it is never sent to anyone. */
const CALLER_GONE_STATUS = 499;

/** Makes the one record that each request leaves in the log. */
@Injectable()
export class RequestRecorderService {
  constructor(
    private readonly log: RequestLogService,
    private readonly clock: ClockService,
  ) {}

  open(call: ProxyCall): RequestRecorder {
    return new RequestRecorder(call, this.log, this.clock);
  }
}

/** The record of one request while it is under way. */
export class RequestRecorder {
  private readonly record: RequestRecord;
  private readonly startedAtMs: number;
  private relay: Relay | null = null;
  private isClosed = false;

  constructor(
    call: ProxyCall,
    private readonly log: RequestLogService,
    private readonly clock: ClockService,
  ) {
    this.startedAtMs = clock.monotonicMs();
    this.record = {
      id: newId(),
      requestId: call.requestId,
      startedAt: clock.now(),
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

  forwarded(endpoint: ModelEndpoint, relay: Relay): void {
    this.relay = relay;
    this.record.endpoint = endpoint.url.slice(0, 512);
    this.record.outcome = 'failed';
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

  charged({ usage, accuracy }: SettledUsage, cost: bigint): void {
    Object.assign(this.record, usage);
    this.record.accuracy = accuracy;
    this.record.cost = cost;
  }

  /** The record as it would be if this process died now, and this had been used. */
  checkpoint(used: SettledUsage | null, cost: bigint): string {
    const { usage, accuracy } = used ?? { usage: NO_USAGE, accuracy: null };
    const error = 'replica_lost';
    return recordToJson({
      ...this.record,
      ...usage,
      ...this.timings(),
      cost: used && cost,
      accuracy,
      outcome: 'failed',
      status: ERROR_CODES[error].status,
      errorCode: error,
    });
  }

  /** The finished record, for whoever writes it; nothing changes it any more. */
  close(): RequestRecord {
    if (!this.isClosed) Object.assign(this.record, this.timings());
    this.isClosed = true;
    return this.record;
  }

  /** Hands a record to the log that nobody else has taken. */
  logIfOpen(): void {
    if (!this.isClosed) this.log.append(this.close());
  }

  /** What the request's log line says beside the usual. */
  get logFields(): Record<string, unknown> {
    const { model, endpoint, outcome, promptTokens, completionTokens, firstByteMs } = this.record;
    return { model, endpoint, outcome, promptTokens, completionTokens, firstByteMs };
  }

  private timings(): Pick<RequestRecord, 'firstByteMs' | 'durationMs'> {
    const { firstByteAtMs } = this.relay ?? { firstByteAtMs: null };
    return {
      firstByteMs: firstByteAtMs === null ? null : Math.round(firstByteAtMs - this.startedAtMs),
      durationMs: Math.round(this.clock.monotonicMs() - this.startedAtMs),
    };
  }
}
