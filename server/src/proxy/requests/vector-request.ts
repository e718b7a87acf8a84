import { type ModelEndpoint } from '../../models/index.js';
import { VECTOR_DIALECT } from '../answers/vector-dialect.js';
import { editedBody } from './body-edits.js';
import { flagIn, invalid, type JsonBody, modelIn } from './json-body.js';
import { type BackendRequest, type ModelRequest } from './model-request.js';
import { type PromptSize } from './token-estimate.js';

/** A request that a model answers with numbers: nothing is written, the prompt alone is charged. */
export class VectorRequest implements ModelRequest {
  readonly model: string;
  readonly isStream = false;
  readonly wantsUsage = false;
  readonly output = null;
  readonly audioMs = null;
  readonly affinityKey = null;

  /**
   * `path`: below the endpoint's address.
   * @throws AppError invalid_request
   */
  constructor(
    private readonly path: string,
    private readonly body: JsonBody,
    readonly prompt: PromptSize,
  ) {
    this.model = modelIn(body.values);
    if (flagIn(body.values, 'stream')) {
      throw invalid('stream', 'This answer comes in one piece. Send the request without "stream".');
    }
  }

  toBackend(endpoint: ModelEndpoint): BackendRequest {
    const model = this.model === endpoint.upstreamModel ? null : endpoint.upstreamModel;
    return {
      path: this.path,
      contentType: 'application/json',
      body: editedBody(this.body, { model, limit: null, asksUsage: false }),
      dialect: VECTOR_DIALECT,
    };
  }
}
