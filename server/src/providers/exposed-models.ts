import { providerModelId } from './provider-model.js';

/**
 * Whether `governance.allowed_models` lets a provider's model be seen: an empty list lets all; a name
 * on it means the id `slug/model`, or the model of that name at every provider.
 */
export function isExposed(allowed: readonly string[], slug: string, model: string): boolean {
  if (allowed.length === 0) return true;
  return allowed.includes(providerModelId(slug, model)) || allowed.includes(model);
}
