import { randomUUID } from 'node:crypto';
import { type ModelEndpoint } from '../../models/index.js';
import { TRANSLATED_CHAT_DIALECT } from '../answers/chat-dialect.js';
import { editedBody } from '../requests/body-edits.js';
import { conversationKey } from '../requests/conversation-key.js';
import {
  affinityKeyIn,
  flagIn,
  invalid,
  type JsonBody,
  modelIn,
  readJsonBody,
} from '../requests/json-body.js';
import { applyEdits, insertField, topLevelFields } from '../requests/json-fields.js';
import { type BackendRequest, type ModelRequest } from '../requests/model-request.js';
import { limitFieldFor, type RequestedOutput } from '../requests/output-limit.js';
import { type PromptSize } from '../requests/token-estimate.js';
import { chatBody } from './chat-body.js';
import { wholeNumberIn } from './field-values.js';
import { responsePromptSize } from './response-prompt.js';
import { NativeDialect } from './native-dialect.js';
import { ResponseDraft } from './response-draft.js';
import { echoOf } from './response-object.js';
import { ResponsesSink } from './responses-sink.js';
import { inputIn, refuseState } from './stateless.js';

const OUTPUT_LIMIT = 'max_output_tokens';
const OUTPUT_LIMITS: ReadonlySet<string> = new Set([OUTPUT_LIMIT]);
const MOST_TOKENS = 100_000_000;

interface ResponsesFacts {
  readonly model: string;
  readonly isStream: boolean;
  readonly output: RequestedOutput;
  readonly prompt: PromptSize;
  readonly body: JsonBody;
}

/**
 * A request to OpenAI's Responses API. Where the backend speaks it, it gets the bytes that came;
 * elsewhere the request becomes a chat completion, and its answer a response.
 */
class ResponsesRequest implements ModelRequest {
  readonly model: string;
  readonly isStream: boolean;
  /** Responses always report it. */
  readonly wantsUsage = true;
  readonly output: RequestedOutput;
  readonly prompt: PromptSize;
  readonly audioMs = null;
  private readonly body: JsonBody;

  constructor({ model, isStream, output, prompt, body }: ResponsesFacts) {
    this.model = model;
    this.isStream = isStream;
    this.output = output;
    this.prompt = prompt;
    this.body = body;
  }

  get affinityKey(): string | null {
    const { values } = this.body;
    return affinityKeyIn(values) ?? conversationKey(values['input']);
  }

  toBackend(endpoint: ModelEndpoint, outputLimit: number | null): BackendRequest {
    return endpoint.nativeApis.includes('responses')
      ? this.passedOn(endpoint, outputLimit)
      : this.translated(endpoint, outputLimit);
  }

  private passedOn(endpoint: ModelEndpoint, outputLimit: number | null): BackendRequest {
    const model = this.model === endpoint.upstreamModel ? null : endpoint.upstreamModel;
    const limit =
      outputLimit === null
        ? null
        : { tokens: outputLimit, fields: OUTPUT_LIMITS, newField: OUTPUT_LIMIT };
    return {
      path: 'responses',
      contentType: 'application/json',
      body: editedBody(unstored(this.body), { model, limit, asksUsage: false }),
      dialect: new NativeDialect(),
    };
  }

  private translated(endpoint: ModelEndpoint, outputLimit: number | null): BackendRequest {
    const { values } = this.body;
    const chat = chatBody(values, {
      model: endpoint.upstreamModel,
      isStream: this.isStream,
      limitField: limitFieldFor(endpoint.url),
      limit: outputLimit ?? this.output.limit,
    });
    return {
      path: 'chat/completions',
      contentType: 'application/json',
      body: Buffer.from(JSON.stringify(chat)),
      dialect: TRANSLATED_CHAT_DIALECT,
      translate: (sink) =>
        new ResponsesSink(
          sink,
          new ResponseDraft(echoOf(values), randomUUID().replaceAll('-', '')),
        ),
    };
  }
}

/**
 * Reads a request for a response. What would need a memory of earlier ones is refused, whatever the
 * backend can do: callers share Lumen's key there, and could read each other's.
 * @throws AppError invalid_request, missing_field
 */
export function readResponsesRequest(body: unknown, bytes: Buffer | null): ModelRequest {
  const json = readJsonBody(body, bytes, 'model and input');
  const { values } = json;
  refuseState(values);
  const input = inputIn(values);
  const instructions = values['instructions'] ?? null;
  if (instructions !== null && typeof instructions !== 'string') {
    throw invalid('instructions', '"instructions" must be a string.');
  }
  const tools = values['tools'] ?? null;
  if (tools !== null && !Array.isArray(tools)) {
    throw invalid('tools', '"tools" must be a list of tools.');
  }
  return new ResponsesRequest({
    model: modelIn(values),
    isStream: flagIn(values, 'stream'),
    output: { limit: wholeNumberIn(values, OUTPUT_LIMIT, MOST_TOKENS), choices: 1 },
    prompt: responsePromptSize(values, input, json.bytes.length),
    body: json,
  });
}

/** The same body with `"store":false`, so that the backend keeps nothing either. */
function unstored(body: JsonBody): JsonBody {
  const { values, bytes, fields } = body;
  if (values['store'] === false) return body;
  const span = fields.find(({ key }) => key === 'store');
  const edit = span
    ? { start: span.start, end: span.end, text: 'false' }
    : insertField(bytes, 0, '"store":false');
  const edited = applyEdits(bytes, [edit]);
  return { values, bytes: edited, fields: topLevelFields(edited) };
}
