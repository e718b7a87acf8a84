import { type Readable } from 'node:stream';
import { type ModelEndpoint } from '../../models/index.js';
import { type AnswerDialect } from '../answers/answer-dialect.js';
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
  readonly audioMs: number | null;
  /** What one conversation has in common, so that it can stay on one endpoint; null: not known. */
  readonly affinityKey: string | null;
  /** The request as this endpoint gets it. Asked for anew with each attempt. */
  toBackend(endpoint: ModelEndpoint, outputLimit: number | null): BackendRequest;
}

/** One request to one endpoint, and how its answer is read. */
export interface BackendRequest {
  /** Below the endpoint's address, such as `chat/completions`. */
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer | Readable;
  /** Headers beside those that every request has, such as a version of the API. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly dialect: AnswerDialect;
  /**
   * Where the backend speaks another API than the caller: takes the backend's answer and writes to
   * `sink` what the caller understands.
   */
  readonly translate?: (sink: ResponseSink) => ResponseSink;
}
