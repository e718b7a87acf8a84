import { LONGEST_MODEL } from './provider-fields.js';

const MOST_NAMES = 1000;
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const PRINTABLE = /^[^\u0000-\u001f\u007f]+$/;

/** The names in a backend's answer to `GET /models`, in its order; null: it is no such list. */
export function listedModels(body: string): string[] | null {
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null || !('data' in parsed)) return null;
  if (!Array.isArray(parsed.data)) return null;
  const ids = parsed.data.map((each: unknown) =>
    typeof each === 'object' && each !== null && 'id' in each ? each.id : null,
  );
  const names = ids.filter(
    (id): id is string =>
      typeof id === 'string' && id.length <= LONGEST_MODEL && PRINTABLE.test(id),
  );
  return [...new Set(names)].slice(0, MOST_NAMES);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
