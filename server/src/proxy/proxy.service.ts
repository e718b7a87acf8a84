import { Injectable } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AccessService, type ModelStanding } from '../access/index.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { principalOf } from '../infrastructure/http/route-access.js';
import { type RequestSource } from '../usage/index.js';
import { type Operation } from './operations.js';
import { ProxyPipeline } from './proxy.pipeline.js';
import { ReplySink } from './answers/reply-sink.js';

/** The door to the pipeline for requests that come over HTTP. */
@Injectable()
export class ProxyService {
  constructor(
    private readonly pipeline: ProxyPipeline,
    private readonly access: AccessService,
  ) {}

  /** What the pipeline would say to the caller about each model, in the order of the catalogue. */
  async standings(principal: Principal, source: RequestSource): Promise<readonly ModelStanding[]> {
    return this.access.standings(principal, source);
  }

  /** Answers an HTTP request with what a model says to it. */
  async answer(
    operation: Operation,
    source: RequestSource,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    await this.pipeline.run({
      principal: principalOf(request),
      source,
      operation,
      requestId: request.id,
      body: request.body,
      rawBody: request.rawBody,
      sink: new ReplySink(reply),
      traceparent: oneOf(request.headers['traceparent']),
      tracestate: oneOf(request.headers['tracestate']),
      annotate: (fields) => {
        request.logFields = fields;
      },
    });
  }
}

/** Node joins what is sent twice. */
const oneOf = (header: string | string[] | undefined) =>
  typeof header === 'string' ? header : undefined;
