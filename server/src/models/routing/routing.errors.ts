import { AppError } from '../../infrastructure/errors/app-error.js';

const SECOND = 1000;
/** A queue moves on all the time, so that trying again soon makes sense. */
const TRY_AGAIN_S = 5;

/** The caller left while its request waited for a turn: nobody is there to be told. */
export class CallerGoneError extends AppError {
  constructor() {
    super('overloaded', 'The caller left while the request waited for its turn.');
  }
}

export function noEndpoint(model: string): AppError {
  return new AppError(
    'model_unavailable',
    `The model "${model}" has no endpoint. Choose another model, or tell your administrator.`,
    { param: 'model' },
  );
}

export function allEjected(model: string, soonestInMs: number): AppError {
  const retryAfterS = Math.max(1, Math.ceil(soonestInMs / SECOND));
  return new AppError(
    'model_unavailable',
    `The model "${model}" is unavailable: none of its backends works at the moment. Try again in ${retryAfterS} s, or choose another model.`,
    { param: 'model', retryAfterS },
  );
}

export function queueFull(model: string, waiting: number): AppError {
  return new AppError(
    'overloaded',
    `The model "${model}" is busy, and ${waiting} requests wait for it already. Try again in ${TRY_AGAIN_S} s, or choose another model.`,
    { param: 'model', retryAfterS: TRY_AGAIN_S },
  );
}

export function waitedTooLong(model: string, waitedMs: number): AppError {
  const waitedS = Math.round(waitedMs / SECOND);
  return new AppError(
    'overloaded',
    `The model "${model}" is busy: the request waited ${waitedS} s for its turn. Try again in ${TRY_AGAIN_S} s, or choose another model.`,
    { param: 'model', retryAfterS: TRY_AGAIN_S },
  );
}

export function stopping(): AppError {
  return new AppError('shutting_down', 'Lumen is restarting. Send the request again.');
}
