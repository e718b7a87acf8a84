import {
  type BudgetPolicy,
  type Configuration,
  type GroupRule,
  type ModelAccessConfiguration,
} from '../config/index.js';
import { type Group } from './group.entity.js';

/** What a group is and gives, wherever it was defined. */
export interface GroupDefinition {
  readonly name: string;
  readonly description: string;
  /** A group that is not active has no members and gives nothing. */
  readonly isActive: boolean;
  /** `file`: managed by config.yaml, which alone can change it. */
  readonly source: 'file' | 'console';
  /** People whose claims match every rule are members; nobody where there are none. */
  readonly rules: readonly GroupRule[];
  readonly modelAccess: ModelAccessConfiguration;
  readonly coins: BudgetPolicy | null;
  /** By model; `default` for all models without an entry. */
  readonly tokens: Readonly<Record<string, BudgetPolicy>>;
}

/** Every group, by name. Immutable: a change makes another one. */
export type GroupDefinitions = ReadonlyMap<string, GroupDefinition>;

/** The groups of the file and those of the console; where both have a name, the file is right. */
export function mergeDefinitions(
  fileGroups: Configuration['groups'],
  consoleGroups: readonly Group[],
): GroupDefinitions {
  const definitions = new Map<string, GroupDefinition>();
  for (const [name, group] of Object.entries(fileGroups)) {
    const { description, disabled, rules, modelAccess, coins, tokens } = group;
    const isActive = !disabled;
    const given = { rules, modelAccess, coins, tokens };
    definitions.set(name, { name, description, isActive, source: 'file', ...given });
  }
  for (const group of consoleGroups) {
    if (!definitions.has(group.name)) definitions.set(group.name, consoleDefinition(group));
  }
  return definitions;
}

export function consoleDefinition(group: Group): GroupDefinition {
  const { name, description, isActive, rules, modelAccess, budget } = group;
  const { coins, tokens } = budget;
  return { name, description, isActive, source: 'console', rules, modelAccess, coins, tokens };
}
