import { type ModelEndpoint } from '../../models/index.js';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { invalidForm } from '../../infrastructure/http/forms/form-errors.js';
import { type BackendRequest, type ModelRequest } from '../requests/model-request.js';
import { type RequestedOutput } from '../requests/output-limit.js';
import { refuseForeignField } from '../requests/foreign-fields.js';
import { modelIn, spelledPlainly } from '../requests/json-body.js';
import { type PromptSize } from '../requests/token-estimate.js';
import { AUDIO_DIALECT } from './audio-dialect.js';
import { AudioForm } from './audio-form.js';
import { type AudioLength } from './audio-length.js';

const SECOND = 1000;
/** More than the fastest speakers say, in any language. */
const MOST_TOKENS_A_SECOND = 20;
/** For what stands around the words. */
const FURTHER_TOKENS = 200;
/** What Lumen reads of a form, and what must therefore not be there twice. */
const READ_FIELDS = ['model', 'stream'];

/** A request to write down what is said in a file, in its language or in English. */
class AudioRequest implements ModelRequest {
  readonly wantsUsage = true;
  readonly affinityKey = null;
  readonly audioMs: AudioLength;
  readonly output: RequestedOutput;
  readonly prompt: PromptSize;

  constructor(
    private readonly path: string,
    private readonly form: AudioForm,
    readonly model: string,
    readonly isStream: boolean,
  ) {
    this.audioMs = form.length;
    const seconds = Math.ceil(form.length.likely / SECOND);
    this.output = { limit: seconds * MOST_TOKENS_A_SECOND + FURTHER_TOKENS, choices: 1 };
    const textBytes = Buffer.byteLength(form.valuesOf('prompt').join('\n'));
    this.prompt = { textBytes, messages: 1, mediaParts: 0, audio: form.length };
  }

  toBackend({ upstreamModel }: ModelEndpoint): BackendRequest {
    return { path: this.path, dialect: AUDIO_DIALECT, ...this.form.bodyWith(upstreamModel) };
  }
}

/**
 * Reads a form that was received; what it does not know is the backend's business, unless it chooses
 * a model.
 * @throws AppError invalid_request
 */
export function readAudioRequest(path: string, form: unknown): ModelRequest {
  if (!(form instanceof AudioForm)) {
    throw new AppError('internal_error', 'The form was not received.');
  }
  for (const part of form.parts) {
    if (part.kind === 'field') refuseForeignField(spelledPlainly(part.name), part.value);
  }
  for (const name of READ_FIELDS) {
    if (form.valuesOf(name).length > 1) throw invalidForm(name, `"${name}" is there twice.`);
  }
  const model = modelIn({ model: form.valuesOf('model')[0] }).trim();
  return new AudioRequest(path, form, model, flagOf(form.valuesOf('stream')[0] ?? ''));
}

function flagOf(value: string): boolean {
  const flag = value.trim().toLowerCase();
  if (flag === 'true') return true;
  if (flag === '' || flag === 'false') return false;
  throw invalidForm('stream', '"stream" must be true or false.');
}
