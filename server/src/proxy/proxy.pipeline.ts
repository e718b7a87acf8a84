import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { type AppError } from '../infrastructure/errors/app-error.js';
import { normaliseError } from '../infrastructure/errors/normalise-error.js';
import { type CatalogueEntry, CatalogueService } from '../models/index.js';
import { FallbacksService } from './fallbacks.service.js';
import { type MeteredRequest } from './metering/metered-request.js';
import { type AdmittedRequest, MeteringService } from './metering/metering.service.js';
import { RequestRecorderService } from './metering/request-recorder.service.js';
import { type ProxyCall } from './proxy-call.js';
import { AttemptsService } from './upstream/attempts.service.js';
import { type Exchange } from './upstream/exchange.js';
import { finishRelay, type ServedOutcome } from './upstream/finish-relay.js';

/** A request that some model has served, or whose caller has left. */
interface Served {
  readonly metered: MeteredRequest;
  readonly outcome: ServedOutcome;
}

/**
 * The hot path, one line a step. Before the first byte it waits for one thing, the hold, which is
 * written together with those of all who arrived meanwhile. The caller was authenticated by the
 * guard, from memory.
 */
@Injectable()
export class ProxyPipeline {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly access: AccessService,
    private readonly metering: MeteringService,
    private readonly attempts: AttemptsService,
    private readonly fallbacks: FallbacksService,
    private readonly recorder: RequestRecorderService,
  ) {}

  /**
   * Answers the call through its sink.
   * @throws AppError before anything was written to the sink; after that the sink tells the rest
   */
  async run(call: ProxyCall): Promise<void> {
    let record = this.recorder.open(call);
    try {
      const request = call.operation.read(call.body, call.rawBody);
      record.read(request);
      const entry =
        this.catalogue.find(request.model) ?? (await this.defaultFor(call, request.model));
      record.resolved(entry);
      await this.access.admit(call, entry);
      const admitted = { principal: call.principal, request, entry, record };
      const funding = await this.metering.fundingOf(admitted);
      const metered = await this.metering.hold(admitted, funding);
      const served = await this.forward(call, admitted, metered);
      ({ record } = served.metered);
      await this.settle(served);
    } catch (error) {
      record.failed(error);
      throw error;
    } finally {
      record.logIfOpen();
      call.annotate(record.logFields);
      call.concluded?.(record.close());
    }
  }

  /** For a name that is blank, `auto` or unknown. @throws AppError model_not_found, LLM_API_ERROR */
  private async defaultFor({ principal }: ProxyCall, name: string): Promise<CatalogueEntry> {
    const chosenDefault = await this.access.defaultModelOf(principal);
    return this.catalogue.resolve(name, { chosenDefault });
  }

  /** @throws AppError what the first model failed with, if none serves */
  private async forward(
    call: ProxyCall,
    admitted: AdmittedRequest,
    metered: MeteredRequest,
  ): Promise<Served> {
    const exchange = this.attempts.open(call);
    try {
      const outcome = await this.attempts.run(exchange, metered);
      if (outcome.kind !== 'unserved') return { metered, outcome };
      await metered.fail(outcome.error);
      if (!outcome.canFallBack) throw outcome.error;
      return await this.fallBack(exchange, admitted, outcome.error);
    } finally {
      this.attempts.close(exchange);
    }
  }

  /** Each is a request of its own, held for and logged as one. @throws AppError `error` */
  private async fallBack(
    exchange: Exchange,
    admitted: AdmittedRequest,
    error: AppError,
  ): Promise<Served> {
    for (const entry of this.fallbacks.of(admitted.entry)) {
      const metered = await this.fallbacks.admit(exchange.call, admitted, entry);
      if (!metered) continue;
      const outcome = await this.attempts.run(exchange, metered);
      if (outcome.kind === 'unserved') {
        await metered.fail(outcome.error);
        metered.record.logIfOpen(false);
        continue;
      }
      admitted.record.logIfOpen(false);
      return { metered, outcome };
    }
    throw error;
  }

  /** The books first, the caller then: what a caller was told is durable. */
  private async settle({ metered, outcome }: Served): Promise<void> {
    const { answer } = outcome;
    const { sink } = metered;
    try {
      const end = finishRelay(outcome, metered);
      const settled = await metered.settle();
      if (sink) end(sink, settled);
    } catch (error) {
      await metered.fail(error);
      if (!sink || !answer?.isStarted) throw error;
      answer.breakOff(sink, normaliseError(error), false);
    }
  }
}
