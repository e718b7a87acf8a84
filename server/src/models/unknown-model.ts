import { AppError } from '../infrastructure/errors/app-error.js';

/** What a caller hears of a model that does not exist, or that is as good as unknown to them. */
export function unknownModel(id: string): AppError {
  return new AppError(
    'model_not_found',
    `There is no model "${id.slice(0, 200)}" here. GET /v1/models lists those you may use.`,
    { param: 'model' },
  );
}
