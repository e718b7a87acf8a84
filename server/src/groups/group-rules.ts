import { type GroupRule } from '../config/index.js';

/** What an identity provider said about a person at the last login; anything may be in it. */
export type Claims = Readonly<Record<string, unknown>>;

/** Whether every rule matches. Without rules nobody is meant: members are added by hand. */
export function matchesAll(rules: readonly GroupRule[], claims: Claims | null): boolean {
  if (rules.length === 0 || claims === null) return false;
  return rules.every((rule) => matchesRule(rule, claims));
}

/**
 * Whether a claim contains or equals the rule's text, case-sensitively. Of a claim that is a list
 * one item has to match; numbers, true and false count as their text; anything else never matches.
 */
export function matchesRule(rule: GroupRule, claims: Claims): boolean {
  // Only what the provider sent: a claim named "constructor" must not find what every object has.
  if (!Object.hasOwn(claims, rule.field)) return false;
  const claim = claims[rule.field];
  return Array.isArray(claim)
    ? claim.some((item) => matchesValue(rule, item))
    : matchesValue(rule, claim);
}

function matchesValue(rule: GroupRule, value: unknown): boolean {
  const text = textOf(value);
  return text !== null && matchesText(rule, text);
}

/** Whether the text of a claim, or of one of its items, is what the rule wants of its field. */
export function matchesText({ contains, equals }: GroupRule, text: string): boolean {
  if (equals !== null) return text === equals;
  return contains !== null && text.includes(contains);
}

/** What rules compare of a value; null: nothing matches it. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
