import { type Readable } from 'node:stream';
import { type CatalogueEntry, type ModelEndpoint } from '../../models/index.js';
import { type AnswerDialect } from '../answers/answer-dialect.js';
import { type AudioLength } from '../audio/audio-length.js';
import { type ResponseSink } from '../answers/response-sink.js';
import { type RequestedOutput } from './output-limit.js';
import { type PromptSize } from './token-estimate.js';

/** A request to a model: what Lumen reads of it, whichever address of the API it came to. */
export interface ModelRequest {
  /** Empty: the caller leaves the choice to Lumen. */
  readonly model: string;
  readonly isStream: boolean;
  /** Usage-only events of a stream are the caller's too. */
  readonly wantsUsage: boolean;
  /** Null: nothing is produced that is charged by tokens, as with embeddings. */
  readonly output: RequestedOutput | null;
  readonly prompt: PromptSize;
  /** Length of the audio that is sent; null: none is. */
  readonly audioMs: AudioLength | null;
  /** What one conversation has in common, so that it can stay on one endpoint; null: not known. */
  readonly affinityKey: string | null;
  /**
   * The request as this endpoint gets it. Asked for anew with each attempt. `model`: the one that the
   * endpoint is of; missing: nothing is known of what it can do.
   */
  toBackend(
    endpoint: ModelEndpoint,
    outputLimit: number | null,
    model?: ModelAbilities,
  ): BackendRequest;
}

/** What a model can do, as far as requests are translated by it. */
export type ModelAbilities = Pick<CatalogueEntry, 'supportsReasoning' | 'maxOutputTokens'>;

/** One request to one endpoint, and how its answer is read. */
export interface BackendRequest {
  /** Below the endpoint's address, such as `chat/completions`. */
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer | Readable;
  /** Of a body that is a stream, in bytes; missing: it is not known beforehand. */
  readonly contentLength?: number;
  /** Headers beside those that every request has, such as a version of the API. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The header that takes the endpoint's key, alone; missing: `authorization`. */
  readonly keyHeader?: 'x-api-key';
  readonly dialect: AnswerDialect;
  /**
   * Where the backend speaks another API than the caller: takes the backend's answer and writes to
   * `sink` what the caller understands.
   */
  readonly translate?: (sink: ResponseSink) => ResponseSink;
}
