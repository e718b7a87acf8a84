import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigurationService } from '../../config/configuration.service.js';
import { ClockService } from '../../infrastructure/clock/clock.service.js';
import { UpstreamPools } from '../../infrastructure/upstream/upstream-pools.js';
import { type EndpointTurn, type ModelRouting } from '../../models/index.js';
import { type BackendRequest } from '../requests/model-request.js';
import { AnswerWatch } from './answer-watch.js';
import { type Exchange } from './exchange.js';
import { Exchanges } from './exchanges.js';
import { keyHeaders } from './key-headers.js';
import { LingeringAnswers } from './lingering-answers.js';
import { Relay, type RelayTerms } from './relay.js';

const SECOND = 1000;

/** One attempt at one endpoint. */
export interface Attempt {
  readonly exchange: Exchange;
  readonly turn: EndpointTurn;
  readonly request: BackendRequest;
  /** Sent beside the request's own; null: none. */
  readonly headers: Readonly<Record<string, string>> | null;
  readonly terms: RelayTerms;
  readonly timeouts: ModelRouting['timeouts'];
  /** When the whole request must be over, on the monotonic clock. */
  readonly totalAtMs: number;
}

/** Sends requests to backends and relays their answers. Knows which calls are under way. */
@Injectable()
export class UpstreamClientService implements OnApplicationShutdown {
  readonly exchanges: Exchanges;
  private readonly pools: UpstreamPools;
  private readonly lingering: LingeringAnswers;

  constructor(
    private readonly configuration: ConfigurationService,
    private readonly clock: ClockService,
  ) {
    const { upstream } = configuration.current;
    this.pools = new UpstreamPools({
      connections: upstream.maxConnections,
      keepAliveMs: upstream.keepAliveS * SECOND,
      maxHeaderBytes: upstream.maxHeaderBytes,
    });
    this.lingering = new LingeringAnswers(() => clock.monotonicMs());
    this.exchanges = new Exchanges({
      nowMs: () => clock.monotonicMs(),
      pingMs: () => configuration.current.upstream.pingS * SECOND,
    });
  }

  /**
   * Starts one attempt; its relay tells what comes of it. How long it may take is watched with that of
   * all others, so that the pools have no clocks of their own, but for connecting.
   */
  send(attempt: Attempt): Relay {
    const { exchange, turn, request, terms, timeouts, totalAtMs } = attempt;
    const { endpoint } = turn;
    const { caller } = exchange;
    caller.forgetListeners();
    const relay = new Relay({
      sink: request.translate ? request.translate(caller) : caller,
      terms,
      dialect: request.dialect,
      turn,
      watch: new AnswerWatch(timeouts, totalAtMs),
      clock: this.clock,
      mostBytes: this.configuration.current.upstream.maxBodyBytes,
      lingering: this.lingering,
      body: request.body,
    });
    exchange.relays(relay);
    if (relay.isOver) return relay;
    const connectMs = timeouts.connectS * SECOND;
    this.pools.get(endpoint.origin, connectMs, endpoint.isPublicOnly).dispatch(
      {
        method: 'POST',
        path: `${endpoint.basePath}/${request.path}`,
        headers: headersOf(attempt),
        body: request.body,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      relay,
    );
    return relay;
  }

  /** Resolves when no call is under way, at the latest after `graceMs`; then what is left is cut. */
  drain(graceMs: number): Promise<void> {
    return this.exchanges.drain(graceMs);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pools.destroy();
  }
}

function headersOf({ exchange, turn, request, headers: further }: Attempt): Record<string, string> {
  const headers: Record<string, string> = {
    ...request.headers,
    ...further,
    'content-type': request.contentType,
    'x-request-id': exchange.call.requestId,
  };
  const { authorization } = turn.endpoint;
  if (authorization) Object.assign(headers, keyHeaders(authorization, request));
  if (request.contentLength !== undefined) {
    headers['content-length'] = String(request.contentLength);
  }
  return headers;
}
