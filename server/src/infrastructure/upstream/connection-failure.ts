/** File descriptors, of this process or of all; addresses and ports to call from. */
const OWN_SHORTAGES = new Set(['EMFILE', 'ENFILE', 'EADDRNOTAVAIL']);
const DESCRIPTORS = new Set(['EMFILE', 'ENFILE']);

/**
 * The code of what a connection failed with; empty: it has none. Of several addresses that were tried
 * at once, that of the first which was really tried: `localhost` has one of IPv6 where nothing else has.
 */
export function failureCode(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, errors, cause } = error as { code?: unknown; errors?: unknown; cause?: unknown };
  // Node tells of several attempts with one error around theirs, which has the code of the first.
  if (Array.isArray(errors) && errors.length > 0) {
    const codes = errors.map(failureCode);
    return codes.find((each) => !OWN_SHORTAGES.has(each)) ?? codes[0]!;
  }
  return typeof code === 'string' ? code : failureCode(cause);
}

/**
 * Had this machine no file descriptor left for the connection? Then the backend was not asked, and
 * the failure says nothing of it.
 */
export function isForWantOfDescriptors(error: unknown): boolean {
  return DESCRIPTORS.has(failureCode(error));
}

/**
 * Did this machine run out of what a connection takes? Ports to call from are among it, which requests
 * use up; that a machine has no address of a kind looks the same.
 */
export function isOwnShortage(error: unknown): boolean {
  return OWN_SHORTAGES.has(failureCode(error));
}
