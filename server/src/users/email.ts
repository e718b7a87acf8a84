/** One person, one spelling: e-mail addresses are compared and kept trimmed and in lower case. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Good enough to tell an address from a typing error; the identity provider knows the rest. */
export function looksLikeEmail(text: string): boolean {
  return text.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(text);
}
