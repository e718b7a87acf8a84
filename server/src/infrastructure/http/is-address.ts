import { isEmail, ValidateBy, type ValidationOptions } from 'class-validator';

/**
 * An e-mail address, also one of a host without a dot unless a `tld` is wanted. Unlike `IsEmail`, which
 * throws at half a character (a surrogate by itself), it refuses that like any other wrong address.
 */
export function IsAddress(needs: { tld: boolean }, options: ValidationOptions): PropertyDecorator {
  const validate = (value: unknown) =>
    typeof value === 'string' && value.isWellFormed() && isEmail(value, { require_tld: needs.tld });
  return ValidateBy({ name: 'isAddress', validator: { validate } }, options);
}
