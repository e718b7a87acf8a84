import { AppError } from '../../infrastructure/errors/app-error.js';

/**
 * By these, backends that route by themselves (LiteLLM, OpenRouter, SGLang) take another model than
 * the one that was allowed and has the price.
 */
const OF_ROUTING: ReadonlySet<string> = new Set([
  'content_policy_fallbacks',
  'context_window_fallback_dict',
  'context_window_fallbacks',
  'extra_body',
  'fallbacks',
  'lora_path',
  'mock_testing_content_policy_fallbacks',
  'mock_testing_context_fallbacks',
  'mock_testing_fallbacks',
  'model_list',
  'models',
  'route',
  'router_settings_override',
]);

/** What single backends call a limit, and follow before the one that Lumen counts and sets. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['max_new_tokens', 'the limit of this API ("max_tokens")'],
  ['n_cmpl', '"n"'],
  ['n_predict', 'the limit of this API ("max_tokens")'],
  ['num_predict', 'the limit of this API ("max_tokens")'],
]);

/** Those that cost no more than the price of the model. */
const USUAL_TIERS: ReadonlySet<unknown> = new Set([
  ...['auto', 'default', 'flex', 'on_demand', 'standard', 'standard_only'],
]);

/**
 * Refuses what would have a backend answer with another model, or at more cost, than was held for.
 * `field`: its name in small letters.
 * @throws AppError invalid_request
 */
export function refuseForeignField(field: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (OF_ROUTING.has(field)) {
    throw refused(field, 'which model answers is decided in Lumen. Name one as "model".');
  }
  const name = OTHER_NAMES.get(field);
  if (name !== undefined) throw refused(field, `use ${name} instead.`);
  if (field === 'service_tier' && !USUAL_TIERS.has(value)) {
    throw refused(field, 'only tiers that cost no more than usual can be chosen, such as "flex".');
  }
}

function refused(param: string, why: string): AppError {
  return new AppError('invalid_request', `"${param}" is not passed on: ${why}`, { param });
}
