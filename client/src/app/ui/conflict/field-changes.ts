/** One field that differs between two states of a thing. */
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

const NOTHING = '–';

/** The fields that differ between two states of which each is a text by field. */
export function changesBetween(
  was: ReadonlyMap<string, string>,
  is: ReadonlyMap<string, string>,
): FieldChange[] {
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((field) => ({
      field,
      before: was.get(field) ?? NOTHING,
      after: is.get(field) ?? NOTHING,
    }))
    .filter((change) => change.before !== change.after);
}
