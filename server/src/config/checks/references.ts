import { nearestName } from '../nearest-name.js';
import { type Path } from '../paths.js';
import { type Configuration } from '../schema/configuration.js';
import { type RuleContext } from './rule.js';

/**
 * Names of models and groups that the file does not define. They may exist all the same, as a
 * provider's model or as a group made in the console, so each is only a warning.
 */
export class References {
  private readonly models: ReadonlySet<string>;
  private readonly groups: ReadonlySet<string>;
  private readonly hints = new Map<string, string>();

  constructor(private readonly context: RuleContext) {
    this.models = new Set(context.config.models.map(({ name }) => name));
    this.groups = new Set(['default', ...Object.keys(context.config.groups)]);
  }

  model(name: string, path: Path): void {
    if (this.models.has(name)) return;
    const what = 'which is no model of this file; a provider may have it';
    this.missing({ name, path, known: this.models, what });
  }

  group(name: string, path: Path): void {
    if (this.groups.has(name)) return;
    const what = 'which is no group of this file; one made in the console may be meant';
    this.missing({ name, path, known: this.groups, what });
  }

  private missing({ name, path, known, what }: MissingName): void {
    const hint = this.hints.get(name) ?? hintAt(name, known);
    this.hints.set(name, hint);
    this.context.warn(path, `names ${JSON.stringify(name)}, ${what}${hint}`);
  }
}

interface MissingName {
  name: string;
  path: Path;
  known: ReadonlySet<string>;
  what: string;
}

function hintAt(name: string, known: ReadonlySet<string>): string {
  const near = nearestName(name, known);
  return near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
}

type Entitled = Pick<Configuration['users'][string], 'coins' | 'tokens' | 'modelAccess'>;

/** The groups, users and clients of the file with their places: all have access and budgets. */
export function entitledEntries(config: Configuration): { path: Path; entry: Entitled }[] {
  const sections: [string, Readonly<Record<string, Entitled>>][] = [
    ['groups', config.groups],
    ['users', config.users],
    ['clients', config.clients],
  ];
  return sections.flatMap(([section, entries]) =>
    Object.entries(entries).map(([name, entry]) => ({ path: [section, name], entry })),
  );
}
