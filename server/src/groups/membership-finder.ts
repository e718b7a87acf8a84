import { type Configuration } from '../config/index.js';
import { type GroupDefinition, type GroupDefinitions } from './group-definitions.js';
import { type Claims, matchesRule, textOf } from './group-rules.js';
import { EVERYONE, groupsNamedFor, reasonOf } from './memberships.js';

/** So many texts of claims are remembered, and only short ones: most are those of many people. */
const REMEMBERED_TEXTS = 20_000;
const LONGEST_REMEMBERED = 200;

/**
 * Finds the groups of one person after the other among thousands of groups. Which groups begin with
 * a rule that fits a text is remembered by the text, so that not every rule is tried on everybody;
 * whether somebody is in a group is still for `reasonOf` to say.
 */
export class MembershipFinder {
  /** The active groups that everybody is in. */
  readonly everyone: ReadonlySet<string>;
  private readonly ruledBy = new Map<string, GroupDefinition[]>();
  private readonly remembered = new Map<string, readonly GroupDefinition[]>();

  constructor(
    private readonly definitions: GroupDefinitions,
    private readonly config: Pick<Configuration, 'app' | 'users'>,
  ) {
    const named = new Set([EVERYONE, ...groupsNamedFor(config, EVERYONE)]);
    const active = [...definitions.values()].filter(({ isActive }) => isActive);
    this.everyone = new Set(active.map(({ name }) => name).filter((name) => named.has(name)));
    for (const group of active) {
      const field = group.rules[0]?.field;
      if (field === undefined || this.everyone.has(group.name)) continue;
      const others = this.ruledBy.get(field);
      if (others) others.push(group);
      else this.ruledBy.set(field, [group]);
    }
  }

  /** The names of somebody's groups beside those that everybody is in, sorted. */
  groupsOf(
    person: { email: string; claims: Claims | null },
    manual: readonly string[],
  ): readonly string[] {
    const found = new Set<string>();
    const consider = (group: GroupDefinition | undefined) => {
      if (!group || this.everyone.has(group.name)) return;
      const isManual = manual.includes(group.name);
      if (reasonOf(group, person, { config: this.config, isManual })) found.add(group.name);
    };
    for (const name of groupsNamedFor(this.config, person.email)) {
      consider(this.definitions.get(name));
    }
    for (const name of manual) consider(this.definitions.get(name));
    for (const [field, groups] of this.ruledBy) {
      const claims = person.claims;
      if (claims === null || !Object.hasOwn(claims, field)) continue;
      const claim = claims[field];
      for (const value of Array.isArray(claim) ? (claim as unknown[]) : [claim]) {
        this.fitting(field, groups, textOf(value)).forEach(consider);
      }
    }
    return [...found].sort();
  }

  private fitting(
    field: string,
    groups: readonly GroupDefinition[],
    text: string | null,
  ): readonly GroupDefinition[] {
    if (text === null) return [];
    const key = `${field}\n${text}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const found = groups.filter(({ rules }) => matchesRule(rules[0]!, { [field]: text }));
    if (text.length <= LONGEST_REMEMBERED) {
      if (this.remembered.size >= REMEMBERED_TEXTS) this.remembered.clear();
      this.remembered.set(key, found);
    }
    return found;
  }
}
