import { constructFromEvents, CORE_SCHEMA, mergeTag, parseEvents, YAMLException } from 'js-yaml';
import { formatPath, type Path } from './paths.js';
import { type Problem } from './problem.js';
import { atOnce, type Steps } from './steps.js';

/** A mapping as it stands in the file; it has no prototype, so any name is only a name. */
export type YamlMapping = Record<string, unknown>;

export type YamlResult = { ok: true; tree: YamlMapping } | { ok: false; problems: Problem[] };

const MOST_BYTES = 8 * 2 ** 20;
const MOST_VALUES = 1_000_000;
const MOST_DEPTH = 32;
/** Without aliases a character is at most one value; with them a file may still grow this much. */
const MOST_GROWTH = 10;
const SMALL_GROWTH = 20_000;

/** YAML 1.2, and the merge keys (`<<`) that many files use. */
const SCHEMA = CORE_SCHEMA.withTags(mergeTag);

/** Reads the text of a file into plain mappings, lists and values. Bounded; never throws. */
export function parseYaml(text: string): YamlResult {
  return atOnce(parseYamlInSteps(text));
}

export function* parseYamlInSteps(text: string): Steps<YamlResult> {
  if (Buffer.byteLength(text) > MOST_BYTES) {
    return refuse(
      `The file is larger than ${MOST_BYTES / 2 ** 20} MiB; it cannot be a configuration.`,
    );
  }
  const parsed = yield* parse(text);
  if (!parsed.ok) return parsed;
  yield;
  const value = parsed.value ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    return refuse('The file must be a mapping of sections such as "app:" and "models:".');
  }
  return copyTree(value, Math.min(MOST_VALUES, SMALL_GROWTH + MOST_GROWTH * text.length));
}

type Parsed = { ok: true; value: unknown } | { ok: false; problems: Problem[] };

function* parse(text: string): Steps<Parsed> {
  // js-yaml refuses an empty document; an empty file is an empty configuration.
  if (/^(?:\s*(?:#.*)?(?:\n|\r|$))*$/.test(text)) return { ok: true, value: {} };
  try {
    const source = text.replace(/^\uFEFF/, '');
    const events = parseEvents(source, { maxDepth: MOST_DEPTH });
    yield;
    const limits = { maxAliases: 10_000, maxTotalMergeKeys: 100_000 };
    const documents = constructFromEvents(events, { schema: SCHEMA, source, ...limits });
    if (documents.length !== 1)
      throw new YAMLException('expected one document, no more and no less');
    return { ok: true, value: documents[0] };
  } catch (error) {
    return refuse(describeSyntaxError(error));
  }
}

/** Only reason and place: the snippet in js-yaml's message could show a secret. */
function describeSyntaxError(error: unknown): string {
  if (!(error instanceof YAMLException)) return 'The file is not valid YAML.';
  const at = error.mark ? ` at line ${error.mark.line + 1}, column ${error.mark.column + 1}` : '';
  return `The file is not valid YAML${at}: ${error.reason}.`;
}

function refuse(message: string): { ok: false; problems: Problem[] } {
  return { ok: false, problems: [{ path: '', message }] };
}

/** Aliases make one value appear in many places, or within itself: what is copied is counted. */
class TreeCopy {
  readonly problems: Problem[] = [];
  private values = 0;

  constructor(private readonly most: number) {}

  copy(value: unknown, path: Path): unknown {
    this.values += 1;
    if (path.length > MOST_DEPTH || this.values > this.most) throw new TooLarge();
    if (Array.isArray(value)) return value.map((item, index) => this.copy(item, [...path, index]));
    if (typeof value === 'object' && value !== null) return this.copyMapping(value, path);
    return value;
  }

  copyMapping(value: object, path: Path): YamlMapping {
    const mapping = Object.create(null) as YamlMapping;
    for (const [name, entry] of Object.entries(value)) {
      if (name === '__proto__') {
        this.problems.push({
          path: formatPath([...path, name]),
          message: 'is not allowed as a name',
        });
      } else {
        mapping[name] = this.copy(entry, [...path, name]);
      }
    }
    return mapping;
  }
}

class TooLarge extends Error {}

function copyTree(value: object, most: number): YamlResult {
  const copy = new TreeCopy(most);
  try {
    const tree = copy.copyMapping(value, []);
    return copy.problems.length > 0 ? { ok: false, problems: copy.problems } : { ok: true, tree };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return refuse(
      'The file is nested too deeply or grows too large when its aliases are followed.',
    );
  }
}

export function isMapping(value: unknown): value is YamlMapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(tree: unknown, path: Path): unknown {
  let value = tree;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** The mapping at a path, made if there is nothing; `undefined` when something else is there. */
export function mappingAt(tree: YamlMapping, path: Path): YamlMapping | undefined {
  let holder: unknown = tree;
  for (const part of path) {
    if (typeof holder !== 'object' || holder === null) return undefined;
    const container = holder as Record<string | number, unknown>;
    container[part] ??= Object.create(null) as YamlMapping;
    holder = container[part];
  }
  return isMapping(holder) ? holder : undefined;
}
