import { AppError } from '../../infrastructure/errors/app-error.js';

const MOST_CHOICES = 128;
/** The most anybody may ask for; far above what any model gives, far below where sums lose digits. */
const MOST_TOKENS = 100_000_000;
/** What the API of text completions says is written where nobody sets a limit. */
export const USUAL_TEXT_TOKENS = 16;

/** How much output a request allows. */
export interface RequestedOutput {
  /** Per choice; null: the request sets no limit. */
  readonly limit: number | null;
  readonly choices: number;
}

/** How much output is held for, and what the backend is told. All choices together. */
export interface OutputPlan {
  /** To be held before anything is sent. */
  readonly held: number;
  /** Where the request's own limit or the model's stands; null: none is known. */
  readonly most: number | null;
  /** It holds at once all that it may become, and its backend is told. */
  readonly isWhole: boolean;
}

/** How much a model may write, and whether all of it passes. */
export interface ModelOutput {
  readonly maxOutputTokens: number | null;
  readonly contextWindow: number | null;
  readonly hidesReasoning: boolean;
}

const NO_OUTPUT: OutputPlan = Object.freeze({ held: 0, most: null, isWhole: true });

/**
 * Reads `max_completion_tokens`, `max_tokens` and `n`. Backends differ in which of the two limits
 * they follow, so that the larger is what may come.
 * @throws AppError invalid_request
 */
export function requestedOutput(body: Record<string, unknown>): RequestedOutput {
  const limits = [
    wholeNumber(body, 'max_completion_tokens', MOST_TOKENS),
    wholeNumber(body, 'max_tokens', MOST_TOKENS),
  ].filter((limit) => limit !== null);
  return {
    limit: limits.length > 0 ? Math.max(...limits) : null,
    choices: choicesIn(body, 'n') ?? 1,
  };
}

/**
 * The limit of a text completion; null: it is said that there is none. A limit of 0, by which prompts
 * are scored, holds one token all the same.
 * @throws AppError invalid_request
 */
export function textLimitIn(body: Record<string, unknown>, key: string): number | null {
  if (body[key] === undefined) return USUAL_TEXT_TOKENS;
  return body[key] === 0 ? 1 : wholeNumber(body, key, MOST_TOKENS);
}

/** A number of choices; null: the request says none. @throws AppError invalid_request */
export function choicesIn(body: Record<string, unknown>, key: string): number | null {
  return wholeNumber(body, key, MOST_CHOICES);
}

/**
 * A stream can hold more on its way, so that it begins with no more than `usual`; an answer in one
 * piece holds all that it may become. So does a stream of a model that thinks unseen, if anybody knows
 * how far it may go.
 */
export function planOutput(
  request: { output: RequestedOutput | null; isStream: boolean },
  model: ModelOutput,
  usual: number,
): OutputPlan {
  if (request.output === null) return NO_OUTPUT;
  const { limit, choices } = request.output;
  const ownLimit = model.maxOutputTokens ?? (model.hidesReasoning ? model.contextWindow : null);
  const perChoice = limit === null ? ownLimit : Math.min(limit, ownLimit ?? limit);
  const isWhole = !request.isStream || (model.hidesReasoning && perChoice !== null);
  const held = isWhole ? (perChoice ?? usual) : Math.min(perChoice ?? usual, usual);
  return { held: held * choices, most: perChoice === null ? null : perChoice * choices, isWhole };
}

/** The name of the limit where a request has none: OpenAI's own newer models refuse the old name. */
export function limitFieldFor(url: string): 'max_tokens' | 'max_completion_tokens' {
  const { hostname } = new URL(url);
  const isOpenAi = hostname === 'api.openai.com' || hostname.endsWith('.azure.com');
  return isOpenAi ? 'max_completion_tokens' : 'max_tokens';
}

function wholeNumber(body: Record<string, unknown>, key: string, most: number): number | null {
  const value = body[key];
  if (value === undefined || value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) {
    return value;
  }
  const message = `"${key}" must be a whole number from 1 to ${most}.`;
  throw new AppError('invalid_request', message, { param: key });
}
