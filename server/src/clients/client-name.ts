export const LONGEST_CLIENT_NAME = 128;

/** The entry of `clients:` that serves those without one of their own. */
export const DEFAULT_ENTRY = 'default';

// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNPRINTABLE = /[\u0000-\u001f\u007f]/;

/** Whether a client may have this name: 1 to 128 printable characters, and not `default`. */
export function isClientName(name: string): boolean {
  return (
    name !== DEFAULT_ENTRY &&
    name.length > 0 &&
    name.length <= LONGEST_CLIENT_NAME &&
    name.trim() === name &&
    !UNPRINTABLE.test(name)
  );
}
