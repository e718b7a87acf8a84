import { type ModelEndpoint } from '../../models/index.js';
import { type AnswerDialect } from '../answers/answer-dialect.js';
import { COMPLETION_DIALECT, echoingDialect } from '../answers/completion-dialect.js';
import { editedBody } from './body-edits.js';
import { asksForUsage } from './chat-request.js';
import {
  affinityKeyIn,
  flagIn,
  invalid,
  type JsonBody,
  modelIn,
  readJsonBody,
} from './json-body.js';
import { type BackendRequest, type ModelRequest } from './model-request.js';
import { choicesIn, type RequestedOutput, textLimitIn, USUAL_TEXT_TOKENS } from './output-limit.js';
import { type PromptInputs, promptInputs, sizeOfInputs } from './prompt-inputs.js';
import { likelyPromptTokens, type PromptSize } from './token-estimate.js';

const LIMIT = 'max_tokens';
const LIMITS: ReadonlySet<string> = new Set([LIMIT]);
/** Of all prompts together. */
const MOST_CHOICES = 2_048;

interface TextFacts extends Pick<ModelRequest, 'model' | 'isStream' | 'wantsUsage' | 'prompt'> {
  readonly output: RequestedOutput;
  /** Tokens of the prompt that come again in front of each choice. */
  readonly echoed: number;
  readonly body: JsonBody;
}

/** A request for a text completion, in the bytes it came in. */
class TextCompletionRequest implements ModelRequest {
  readonly model: string;
  readonly isStream: boolean;
  readonly wantsUsage: boolean;
  readonly output: RequestedOutput;
  readonly prompt: PromptSize;
  readonly audioMs = null;
  readonly affinityKey: string | null;

  constructor(private readonly facts: TextFacts) {
    this.model = facts.model;
    this.isStream = facts.isStream;
    this.wantsUsage = facts.wantsUsage;
    this.output = facts.output;
    this.prompt = facts.prompt;
    this.affinityKey = affinityKeyIn(facts.body.values);
  }

  toBackend(endpoint: ModelEndpoint, outputLimit: number | null): BackendRequest {
    const model = this.model === endpoint.upstreamModel ? null : endpoint.upstreamModel;
    const tokens = this.limitToTell(outputLimit);
    const limit = tokens === null ? null : { tokens, fields: LIMITS, newField: LIMIT };
    const asksUsage = this.isStream && !this.wantsUsage;
    return {
      path: 'completions',
      contentType: 'application/json',
      body: editedBody(this.facts.body, { model, limit, asksUsage }),
      dialect: this.dialect,
    };
  }

  /**
   * What passes in a stream is counted with the prompt in front; a backend's limit is without it.
   * Not all backends keep to the usual limit by themselves.
   */
  private limitToTell(limit: number | null): number | null {
    const isUnsaid = this.facts.body.values[LIMIT] === undefined;
    if (limit === null) return isUnsaid ? USUAL_TEXT_TOKENS : null;
    return this.isStream ? Math.max(1, limit - this.facts.echoed) : limit;
  }

  private get dialect(): AnswerDialect {
    const { echoed, output } = this.facts;
    const isEchoing = echoed > 0 && !this.isStream;
    return isEchoing ? echoingDialect(echoed * output.choices) : COMPLETION_DIALECT;
  }
}

/**
 * Reads a request for text completions. Each prompt of a list is completed by itself, `n` times;
 * with `best_of` a backend writes more than it shows, which is used all the same.
 * @throws AppError invalid_request, missing_field
 */
export function readTextCompletionRequest(body: unknown, bytes: Buffer | null): ModelRequest {
  const json = readJsonBody(body, bytes, 'model and prompt');
  const { values } = json;
  const model = modelIn(values);
  const inputs = promptInputs(json, 'prompt');
  const isStream = flagIn(values, 'stream');
  const wantsUsage = isStream && asksForUsage(values['stream_options']);
  const prompt = sizeOfInputs(inputs, textBytes(json, inputs));
  const echoed = flagIn(values, 'echo') ? Math.ceil(likelyPromptTokens(prompt) / inputs.count) : 0;
  const limit = textLimitIn(values, LIMIT);
  const output = {
    limit: limit === null ? null : limit + (isStream ? echoed : 0),
    choices: inputs.count * writtenFor(values, isStream),
  };
  if (output.choices > MOST_CHOICES) {
    throw invalid(
      'prompt',
      `${output.choices} completions are asked for. Ask for at most ${MOST_CHOICES} at once.`,
    );
  }
  return new TextCompletionRequest({
    model,
    isStream,
    wantsUsage,
    output,
    prompt,
    echoed,
    body: json,
  });
}

/** Choices that are written for one prompt. */
function writtenFor(values: JsonBody['values'], isStream: boolean): number {
  const shown = choicesIn(values, 'n') ?? 1;
  const written = choicesIn(values, 'best_of') ?? shown;
  if (written < shown) throw invalid('best_of', '"best_of" must not be less than "n".');
  if (isStream && written > shown) {
    throw invalid('best_of', 'The best of several completions cannot be streamed.');
  }
  return written;
}

/** Where the prompt is tokens, the `suffix` is all the text there is. */
function textBytes({ values, bytes }: JsonBody, { tokens }: PromptInputs): number {
  if (tokens === null) return bytes.length;
  const { suffix } = values;
  return typeof suffix === 'string' ? Buffer.byteLength(suffix) : 0;
}
