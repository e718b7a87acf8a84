import { type ValidationError } from '@nestjs/common';
import { AppError } from '../errors/app-error.js';

/** What a caller hears of a body that a DTO refuses: every field at once, in the DTO's own words. */
export function invalidBody(errors: ValidationError[]): AppError {
  const fields = Object.fromEntries(errors.flatMap((error) => faultsOf(error)));
  const messages = Object.values(fields).flat();
  return new AppError('invalid_request', messages.join(' '), { details: { fields } });
}

/** The field's own faults, or else those of the fields in it: `settings.temperature`. */
function faultsOf(error: ValidationError, within = ''): [field: string, messages: string[]][] {
  const { property, constraints, children = [] } = error;
  const field = within + property;
  if (constraints) return [[field, Object.values(constraints)]];
  if (children.length === 0) return [[field, [`${field} is not valid.`]]];
  return children.flatMap((child) => faultsOf(child, `${field}.`));
}
