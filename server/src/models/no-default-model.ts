import { AppError } from '../infrastructure/errors/app-error.js';

/** What a caller hears who leaves the choice of a model to Lumen, where nothing is there to choose. */
export function noDefaultModel(): AppError {
  return new AppError(
    'LLM_API_ERROR',
    'No model was named and no default can answer: there is no default model, no provider and no fallback. Name a model of GET /v1/models, or tell your administrator.',
    { param: 'model' },
  );
}
