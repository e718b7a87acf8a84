import { Injectable } from '@nestjs/common';
import { AccessService } from '../access/index.js';
import { CatalogueService, type ModelEndpoint } from '../models/index.js';
import { bytesForModel, type CompletionRequest, readChatRequest } from './completion-request.js';
import { type RequestRecorder, RequestRecorderService } from './request-recorder.service.js';
import { type Relay } from './relay.js';
import { type Ending, finishRelay } from './finish-relay.js';
import { type ProxyCall } from './proxy-call.js';
import { UpstreamClientService } from './upstream-client.service.js';

/**
 * The hot path, one line a step. Until the first byte nothing here reads a database, waits for a
 * timer or grows without bound. The caller was authenticated by the guard, from memory.
 */
@Injectable()
export class ProxyPipeline {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly access: AccessService,
    private readonly upstream: UpstreamClientService,
    private readonly recorder: RequestRecorderService,
  ) {}

  /**
   * Answers the call through its sink.
   * @throws AppError before anything was written to the sink; after that the sink tells the rest
   */
  async run(call: ProxyCall): Promise<void> {
    const record = this.recorder.open(call);
    const end = await this.answer(call, record);
    end(call.sink);
  }

  private async answer(call: ProxyCall, record: RequestRecorder): Promise<Ending> {
    try {
      const request = readChatRequest(call.body, call.rawBody);
      record.read(request);
      const entry = this.catalogue.resolve(request.model);
      await this.access.admit(call, entry);
      const endpoint = this.catalogue.nextEndpoint(entry);
      const relay = this.forward(call, request, endpoint, record);
      return finishRelay(await relay.outcome, entry.id, record);
    } catch (error) {
      record.failed(error);
      throw error;
    } finally {
      record.close();
      call.annotate(record.logFields);
    }
  }

  private forward(
    call: ProxyCall,
    request: CompletionRequest,
    endpoint: ModelEndpoint,
    record: RequestRecorder,
  ): Relay {
    const body = bytesForModel(request, endpoint.upstreamModel);
    const { operation, requestId } = call;
    const relay = this.upstream.send(endpoint, { operation, requestId, body }, call.sink);
    record.forwarded(endpoint, relay);
    return relay;
  }
}
