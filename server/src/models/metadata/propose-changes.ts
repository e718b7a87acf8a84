import { type CatalogueEntry } from '../catalogue-entry.js';
import { type EndpointAnswer } from './backend-questions.service.js';
import { type ToldFacts } from './told-facts.js';

/** The facts that a refresh may change. */
export const REFRESHED_FIELDS = [
  'description',
  'contextWindow',
  'maxOutputTokens',
  'supportsReasoning',
  'supportsFunctionCalling',
  'inputModalities',
  'outputModalities',
] as const;
export type RefreshedField = (typeof REFRESHED_FIELDS)[number];
export type FieldValue = string | number | boolean | readonly string[];

export interface Proposal {
  readonly field: RefreshedField;
  /** Null: nothing is known so far. */
  readonly current: FieldValue | null;
  readonly proposed: FieldValue;
  /** Address of the endpoint that says so; of several, the first. */
  readonly source: string;
}

interface Told {
  source: string;
  facts: ToldFacts;
}

/**
 * Where what the endpoints of a model say differs from what is known. A request must work wherever it
 * is sent, so where they differ among themselves, what the weakest of them can do is proposed.
 */
export function proposeChanges(
  entry: CatalogueEntry,
  answers: readonly EndpointAnswer[],
): Proposal[] {
  const told = answers.flatMap(({ endpoint, facts }): Told[] =>
    facts ? [{ source: endpoint.url, facts }] : [],
  );
  return REFRESHED_FIELDS.flatMap((field) => {
    const weakest = weakestOf(entry, field, told);
    if (!weakest || isSame(weakest.value, entry[field])) return [];
    return [{ field, current: entry[field], proposed: weakest.value, source: weakest.source }];
  });
}

interface Said<Value = FieldValue> {
  value: Value;
  source: string;
}

function weakestOf(
  entry: CatalogueEntry,
  field: RefreshedField,
  told: readonly Told[],
): Said | undefined {
  if (field === 'description') return entry.description === null ? describe(told) : undefined;
  if (field === 'contextWindow' || field === 'maxOutputTokens') {
    return saidBy(told, field).reduce<Said<number> | undefined>(
      (least, one) => (least && least.value <= one.value ? least : one),
      undefined,
    );
  }
  if (field === 'supportsReasoning' || field === 'supportsFunctionCalling') {
    const flags = saidBy(told, field);
    return flags.find(({ value }) => !value) ?? flags[0];
  }
  return inCommon(saidBy(told, field));
}

function saidBy<Name extends keyof ToldFacts>(
  told: readonly Told[],
  name: Name,
): Said<NonNullable<ToldFacts[Name]>>[] {
  return told.flatMap(({ source, facts }) => {
    const value = facts[name];
    return value === undefined ? [] : [{ source, value: value }];
  });
}

/** Nothing, where they have nothing in common: one of them is another model then. */
function inCommon(lists: readonly Said<readonly string[]>[]): Said | undefined {
  const [first, ...rest] = lists;
  if (!first) return undefined;
  const value = first.value.filter((word) => rest.every((other) => other.value.includes(word)));
  return value.length === 0 ? undefined : { source: first.source, value };
}

function describe(told: readonly Told[]): Said | undefined {
  for (const { source, facts } of told) {
    const size = facts.parameterSize && `${facts.parameterSize} parameters`;
    const words = [size, facts.quantization].filter((word) => word !== undefined);
    if (words.length > 0) return { source, value: words.join(', ') };
  }
  return undefined;
}

/** Modalities are the same in any order. */
function isSame(one: FieldValue, other: FieldValue | null): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || other === null) return one === other;
  return one.length === other.length && one.every((word) => other.includes(word));
}
