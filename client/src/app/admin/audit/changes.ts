import { type AuditEntry } from '../../core/api/schema';
import { type FieldChange, changesBetween } from '../../ui/conflict/field-changes';

const NOTHING = '–';

/** The fields that differ between before and after, nested ones by their path. */
export function changesOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): FieldChange[] {
  return changesBetween(flat(before ?? {}), flat(after ?? {}));
}

function flat(value: object, path = '', found = new Map<string, string>()): Map<string, string> {
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    const place = path === '' ? name : `${path}.${name}`;
    if (isMapping(inner)) flat(inner, place, found);
    else found.set(place, textOf(inner));
  }
  return found;
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING;
  if (Array.isArray(value) && value.length === 0) return NOTHING;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
    return value.join(', ');
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
