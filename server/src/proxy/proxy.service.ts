import { Injectable, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AccessService, type ModelStanding } from '../access/index.js';
import { newId } from '../infrastructure/crypto/identifiers.js';
import { ERROR_CODES } from '../infrastructure/errors/error-codes.js';
import { normaliseError } from '../infrastructure/errors/normalise-error.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { principalOf } from '../infrastructure/http/route-access.js';
import { type CatalogueEntry, CatalogueService } from '../models/index.js';
import { type RequestRecord, type RequestSource } from '../usage/index.js';
import { type AskedAnswer, type ChatQuestion } from './asking/chat-question.js';
import { type AnswerFailure, DeltaSink } from './asking/delta-sink.js';
import { CHAT_COMPLETIONS, type Operation } from './operations.js';
import { ProxyPipeline } from './proxy.pipeline.js';
import { ReplySink } from './answers/reply-sink.js';

/** The door to the pipeline, for requests that come over HTTP and for those that Lumen makes itself. */
@Injectable()
export class ProxyService {
  private readonly logger = new Logger(ProxyService.name);

  constructor(
    private readonly pipeline: ProxyPipeline,
    private readonly access: AccessService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** What the pipeline would say to the caller about each model, in the order of the catalogue. */
  async standings(principal: Principal, source: RequestSource): Promise<readonly ModelStanding[]> {
    return this.access.standings(principal, source);
  }

  /**
   * The model of this name, if the caller may chat with it now.
   * @throws AppError model_not_found, permission_denied, acknowledgement_required
   */
  async admit(principal: Principal, model: string): Promise<CatalogueEntry> {
    const chosenDefault = await this.access.defaultModelOf(principal);
    const entry = this.catalogue.find(model) ?? this.catalogue.resolve(model, { chosenDefault });
    await this.access.admit({ principal, source: 'chat', requestId: newId() }, entry);
    return entry;
  }

  /** Asks for a streamed chat completion. Never rejects; resolves when all is settled. */
  async ask({ principal, requestId, body, take, signal }: ChatQuestion): Promise<AskedAnswer> {
    const sink = new DeltaSink(take, signal);
    const operation = CHAT_COMPLETIONS;
    const rawBody = Buffer.from(JSON.stringify(body));
    let record!: Readonly<RequestRecord>;
    let failure: AnswerFailure | null = null;
    await this.pipeline
      .run({
        ...{ principal, source: 'chat', operation, requestId, body, rawBody, sink },
        annotate: () => undefined,
        concluded: (concluded) => (record = concluded),
      })
      .catch((thrown: unknown) => (failure = this.failureOf(thrown, requestId)));
    return { record, failure: failure ?? sink.failure };
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

  /** Nobody else logs what went wrong here. */
  private failureOf(thrown: unknown, requestId: string): AnswerFailure {
    const error = normaliseError(thrown);
    if (ERROR_CODES[error.code].logLevel === 'error') {
      this.logger.error(`Request ${requestId} of the chat failed: ${String(thrown)}`);
    }
    return { code: error.code, message: error.message };
  }
}

/** Node joins what is sent twice. */
const oneOf = (header: string | string[] | undefined) =>
  typeof header === 'string' ? header : undefined;
