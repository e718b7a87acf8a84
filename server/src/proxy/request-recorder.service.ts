import { Injectable } from '@nestjs/common';
import { ClockService } from '../infrastructure/clock/clock.service.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { type AppError } from '../infrastructure/errors/app-error.js';
import { normaliseError } from '../infrastructure/errors/normalise-error.js';
import { type ModelEndpoint } from '../models/index.js';
import { type RequestRecord, RequestLogService, type TokenUsage } from '../usage/index.js';
import { type CompletionRequest } from './completion-request.js';
import { type ProxyCall } from './proxy-call.js';
import { type Relay } from './relay.js';
import { NO_USAGE } from './usage-reader.js';

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
      operation: call.operation,
      model: '',
      endpoint: null,
      isStream: false,
      status: 200,
      errorCode: null,
      outcome: 'refused',
      ...NO_USAGE,
      firstByteMs: null,
      durationMs: 0,
    };
  }

  read(request: CompletionRequest): void {
    this.record.model = request.model;
    this.record.isStream = request.isStream;
  }

  forwarded(endpoint: ModelEndpoint, relay: Relay): void {
    this.relay = relay;
    this.record.endpoint = endpoint.url.slice(0, 512);
    this.record.outcome = 'failed';
  }

  completed(usage: TokenUsage): void {
    this.record.outcome = 'completed';
    this.count(usage);
  }

  cancelled(usage: TokenUsage): void {
    this.record.outcome = 'cancelled';
    this.record.status = CALLER_GONE_STATUS;
    this.count(usage);
  }

  /** The answer had begun, so its status stands; the code tells how it ended. */
  brokeOff(error: AppError, usage: TokenUsage): void {
    this.record.errorCode = error.code;
    this.count(usage);
  }

  failed(thrown: unknown): void {
    const error = normaliseError(thrown);
    this.record.status = error.status;
    this.record.errorCode = error.code;
  }

  /** Hands the record to the log; once, at the end. */
  close(): void {
    const { firstByteAtMs } = this.relay ?? { firstByteAtMs: null };
    if (firstByteAtMs !== null) {
      this.record.firstByteMs = Math.round(firstByteAtMs - this.startedAtMs);
    }
    this.record.durationMs = Math.round(this.clock.monotonicMs() - this.startedAtMs);
    this.log.append(this.record);
  }

  /** What the request's log line says beside the usual. */
  get logFields(): Record<string, unknown> {
    const { model, endpoint, outcome, promptTokens, completionTokens, firstByteMs } = this.record;
    return { model, endpoint, outcome, promptTokens, completionTokens, firstByteMs };
  }

  private count(usage: TokenUsage): void {
    this.record.promptTokens = usage.promptTokens;
    this.record.completionTokens = usage.completionTokens;
    this.record.cachedTokens = usage.cachedTokens;
    this.record.reasoningTokens = usage.reasoningTokens;
  }
}
