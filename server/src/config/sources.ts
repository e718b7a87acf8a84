import { formatPath, parsePath, type Path } from './paths.js';
import { isMapping, type YamlMapping } from './yaml-tree.js';

/** Where the value of a key comes from. */
export type ConfigurationSource = 'file' | 'environment' | 'default';

/** Remembers which keys were written in the file and which came from the environment. */
export class Sources {
  /** Only which keys there are, without their values, some of which are secrets. */
  private readonly keys: unknown;

  constructor(
    tree: YamlMapping,
    private readonly variables: ReadonlyMap<string, string>,
  ) {
    this.keys = keysOf(tree);
  }

  /** The source of the key or section at a path such as `app.database.url`. */
  of(path: string | Path): ConfigurationSource {
    const parts = typeof path === 'string' ? parsePath(path) : path;
    if (this.variableAt(parts) !== undefined) return 'environment';
    return isWritten(this.keys, parts) ? 'file' : 'default';
  }

  /** The environment variable that set the key at a path. */
  variableAt(path: string | Path): string | undefined {
    return this.variables.get(typeof path === 'string' ? path : formatPath(path));
  }

  /** The variables in force, by the paths they set. */
  get overrides(): ReadonlyMap<string, string> {
    return this.variables;
  }
}

/** A value that stands for a section, as `dev_user: a@b.edu` does, is all keys of that section. */
function isWritten(keys: unknown, path: Path): boolean {
  let found = keys;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return found === true;
    found = (found as Record<string | number, unknown>)[part];
  }
  return found !== undefined;
}

function keysOf(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(keysOf);
  if (!isMapping(value)) return true;
  const keys = Object.create(null) as YamlMapping;
  for (const [name, entry] of Object.entries(value)) keys[name] = keysOf(entry);
  return keys;
}
