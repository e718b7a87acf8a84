import { invalid, isObject } from '../requests/json-body.js';

type Values = Readonly<Record<string, unknown>>;

/** Null where the field is not there. @throws AppError invalid_request */
export function wholeNumberIn(values: Values, key: string, most: number): number | null {
  const value = values[key] ?? null;
  if (value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) {
    return value;
  }
  throw invalid(key, `"${key}" must be a whole number from 1 to ${most}.`);
}

/** Null where the field is not there. @throws AppError invalid_request */
export function numberIn(values: Values, key: string): number | null {
  const value = values[key] ?? null;
  if (value !== null && typeof value !== 'number') throw invalid(key, `"${key}" must be a number.`);
  return value;
}

/** Null where the field is not there; `path` is what the caller knows it by. @throws AppError invalid_request */
export function textIn(values: Values, key: string, path = key): string | null {
  const value = values[key] ?? null;
  if (value !== null && typeof value !== 'string') {
    throw invalid(path, `"${path}" must be a string.`);
  }
  return value;
}

/** @throws AppError invalid_request */
export function neededTextIn(values: Values, key: string, path: string): string {
  const value = textIn(values, key, path);
  if (value === null) throw invalid(path, `"${path}" is missing: it must be a string.`);
  return value;
}

/** Null where the field is not there. @throws AppError invalid_request */
export function objectIn(values: Values, key: string, path = key): Values | null {
  const value = values[key] ?? null;
  if (value !== null && !isObject(value)) throw invalid(path, `"${path}" must be an object.`);
  return value;
}
