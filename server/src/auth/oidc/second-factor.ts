/**
 * Whether a provider says that somebody signed in with more than a password: one of the `accepted`
 * values stands in its claim acr, or among those of amr.
 */
export function hasSecondFactor(
  claims: Readonly<Record<string, unknown>>,
  accepted: readonly string[],
): boolean {
  return ['acr', 'amr']
    .flatMap((name) => claims[name])
    .some((value) => typeof value === 'string' && accepted.includes(value));
}
