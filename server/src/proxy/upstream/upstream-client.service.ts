import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { UpstreamPools } from '../../infrastructure/upstream/upstream-pools.js';
import { type ModelEndpoint } from '../../models/index.js';
import { type BackendRequest } from '../requests/model-request.js';
import { Relay, type RelayTerms } from './relay.js';
import { type ResponseSink } from '../answers/response-sink.js';

const SECOND = 1000;

/** Sends requests to backends and relays their answers. Knows which relays are under way. */
@Injectable()
export class UpstreamClientService implements OnApplicationShutdown {
  private readonly pools: UpstreamPools;
  private readonly relays = new Set<Relay>();
  private whenIdle: (() => void) | null = null;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {
    const { upstream } = configuration.current;
    this.pools = new UpstreamPools({
      connections: upstream.maxConnections,
      connectTimeoutMs: upstream.timeouts.connectS * SECOND,
      keepAliveMs: upstream.keepAliveS * SECOND,
    });
  }

  /** Starts one request; its relay tells what comes of it. */
  send(
    endpoint: ModelEndpoint,
    request: UpstreamRequest,
    sink: ResponseSink,
    terms: RelayTerms,
  ): Relay {
    const relay = new Relay(sink, terms, request.dialect, this.clock);
    this.track(relay);
    const { timeouts } = this.configuration.current.upstream;
    this.pools.get(endpoint.origin, endpoint.isPublicOnly).dispatch(
      {
        method: 'POST',
        path: `${endpoint.basePath}/${request.path}`,
        headers: headersOf(endpoint, request),
        body: request.body,
        headersTimeout: timeouts.firstTokenS * SECOND,
        bodyTimeout: timeouts.idleS * SECOND,
      },
      relay,
    );
    return relay;
  }

  /** Resolves when no relay is under way, at the latest after `graceMs`; then what is left is cut. */
  async drain(graceMs: number): Promise<void> {
    if (this.relays.size === 0) return;
    const idle = Promise.withResolvers<void>();
    this.whenIdle = idle.resolve;
    const timer = setTimeout(() => {
      const reason = new AppError('shutting_down', 'Lumen is restarting. Send the request again.');
      for (const relay of this.relays) relay.abort(reason);
    }, graceMs);
    await idle.promise;
    clearTimeout(timer);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pools.destroy();
  }

  private track(relay: Relay): void {
    this.relays.add(relay);
    void relay.outcome.then(() => {
      this.relays.delete(relay);
      if (this.relays.size === 0) this.whenIdle?.();
    });
  }
}

export interface UpstreamRequest extends BackendRequest {
  readonly requestId: string;
}

function headersOf(endpoint: ModelEndpoint, request: UpstreamRequest): Record<string, string> {
  const headers: Record<string, string> = {
    ...request.headers,
    'content-type': request.contentType,
    'x-request-id': request.requestId,
  };
  if (endpoint.authorization) headers['authorization'] = endpoint.authorization;
  return headers;
}
