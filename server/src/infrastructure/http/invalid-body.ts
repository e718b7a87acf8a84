import { type ValidationError } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';

/** What a caller hears of a body that a DTO refuses: every field at once, in the DTO's own words. */
export function invalidBody(errors: ValidationError[]): AppError {
  const fields = Object.fromEntries(
    errors.map((error) => [
      error.property,
      Object.values(error.constraints ?? { invalid: 'It is not valid.' }),
    ]),
  );
  const messages = Object.values(fields).flat();
  return new AppError('invalid_request', messages.join(' '), { details: { fields } });
}
