import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { normaliseError } from '../infrastructure/errors/normalise-error.js';
import { type CatalogueEntry, CatalogueService, type ModelEndpoint } from '../models/index.js';
import { finishRelay } from './upstream/finish-relay.js';
import { type MeteredRequest } from './metering/metered-request.js';
import { MeteringService } from './metering/metering.service.js';
import { type ProxyCall } from './proxy-call.js';
import { type Relay, type RelayOutcome } from './upstream/relay.js';
import { RequestRecorderService } from './metering/request-recorder.service.js';
import { UpstreamClientService } from './upstream/upstream-client.service.js';

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
    private readonly upstream: UpstreamClientService,
    private readonly recorder: RequestRecorderService,
  ) {}

  /**
   * Answers the call through its sink.
   * @throws AppError before anything was written to the sink; after that the sink tells the rest
   */
  async run(call: ProxyCall): Promise<void> {
    const record = this.recorder.open(call);
    try {
      const request = call.operation.read(call.body, call.rawBody);
      record.read(request);
      const entry =
        this.catalogue.find(request.model) ?? (await this.defaultFor(call, request.model));
      record.resolved(entry);
      await this.access.admit(call, entry);
      const endpoint = this.catalogue.nextEndpoint(entry);
      const admitted = { principal: call.principal, request, entry, record };
      const funding = await this.metering.fundingOf(admitted);
      const metered = await this.metering.hold(admitted, funding);
      const outcome = await this.forward(call, endpoint, metered);
      await this.settle(call, outcome, metered);
    } catch (error) {
      record.failed(error);
      throw error;
    } finally {
      record.logIfOpen();
      call.annotate(record.logFields);
    }
  }

  /** For a name that is blank, `auto` or unknown. @throws AppError model_not_found, LLM_API_ERROR */
  private async defaultFor({ principal }: ProxyCall, name: string): Promise<CatalogueEntry> {
    const chosenDefault = await this.access.defaultModelOf(principal);
    return this.catalogue.resolve(name, { chosenDefault });
  }

  private async forward(
    call: ProxyCall,
    endpoint: ModelEndpoint,
    metered: MeteredRequest,
  ): Promise<RelayOutcome> {
    try {
      return await this.send(call, endpoint, metered).outcome;
    } catch (error) {
      metered.record.failed(error);
      await metered.release();
      throw error;
    }
  }

  private send(call: ProxyCall, endpoint: ModelEndpoint, metered: MeteredRequest): Relay {
    const request = metered.request.toBackend(endpoint, metered.outputLimit);
    const { sink, requestId } = call;
    const relay = this.upstream.send(endpoint, { ...request, requestId }, sink, metered);
    metered.forwarded(endpoint, relay);
    return relay;
  }

  /** The books first, the caller then: what a caller was told is durable. */
  private async settle(
    { sink }: ProxyCall,
    outcome: RelayOutcome,
    metered: MeteredRequest,
  ): Promise<void> {
    const answer = 'answer' in outcome ? outcome.answer : null;
    try {
      const end = finishRelay(outcome, metered);
      const settled = await metered.settle();
      end(sink, settled);
    } catch (error) {
      metered.record.failed(error);
      await metered.release();
      if (!answer?.isStarted) throw error;
      answer.breakOff(sink, normaliseError(error), false);
    }
  }
}
