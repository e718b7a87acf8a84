/** The code of what a connection failed with; empty: it has none. */
export function failureCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  // Node tells of several attempts at once with one error around theirs.
  return failureCode(Array.isArray(errors) ? errors[0] : cause);
}

/** File descriptors, of this process or of all. */
const DESCRIPTORS = new Set(['EMFILE', 'ENFILE']);

/**
 * Had this machine no file descriptor left for the connection? Then the backend was not asked, and
 * the failure says nothing of it.
 */
export function isForWantOfDescriptors(error: unknown): boolean {
  return DESCRIPTORS.has(failureCode(error));
}
