import { formatPath, type Path } from '../paths.js';
import { type Problem } from '../problem.js';
import { isMapping } from '../yaml-tree.js';
import { masksIn, type MaskedText } from './masked-text.js';
import { isSecretPlace, placeOf } from './schema-place.js';

const NOT_HERE =
  'contains a kept secret that does not belong here; a kept secret stays in the kind of place it was in. Type it again';

/** The value of a form with the secrets that its masks stand for; problems instead of wrong ones. */
export function withKeptSecrets(
  value: unknown,
  path: Path,
  secrets: MaskedText['secrets'],
  problems: Problem[],
): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => withKeptSecrets(item, [...path, index], secrets, problems));
  }
  if (isMapping(value)) {
    const result = Object.create(null) as Record<string, unknown>;
    for (const [name, entry] of Object.entries(value)) {
      if (masksIn(name).length > 0) problems.push({ path: formatPath(path), message: NOT_HERE });
      result[name] = withKeptSecrets(entry, [...path, name], secrets, problems);
    }
    return result;
  }
  if (typeof value !== 'string' || masksIn(value).length === 0) return value;
  const kept = secrets.get(value);
  if (kept && isOfKind(kept.kind, path)) return kept.value;
  problems.push({ path: formatPath(path), message: NOT_HERE });
  return value;
}

function isOfKind(kind: string, path: Path): boolean {
  const place = placeOf(path);
  if (place && isSecretPlace(place)) return place.pattern.replace(/\[\]$/, '') === kind;
  return kind === `?${String(path.at(-1)).toLowerCase()}`;
}
