import { type Configuration } from '../config/index.js';
import { type GroupDefinition, type GroupDefinitions } from './group-definitions.js';
import { matchesText, textOf } from './group-rules.js';
import { EVERYONE, groupsNamedFor, type Membership, type Person, reasonOf } from './memberships.js';

/** So many texts of claims are remembered, and only short ones: most are those of many people. */
const REMEMBERED_TEXTS = 20_000;
const LONGEST_REMEMBERED = 200;
const NO_GROUPS: readonly GroupDefinition[] = Object.freeze([]);

/**
 * Finds the groups of one person after the other among thousands of groups. Which groups begin with
 * a rule that fits a text is remembered by the text, so that not every rule is tried on everybody;
 * whether somebody is in a group is still for `reasonOf` to say.
 */
export class MembershipFinder {
  /** The active groups that everybody is in. */
  readonly everyone: ReadonlySet<string>;
  /** Where each group stands among the definitions. */
  private readonly ranks = new Map<GroupDefinition, number>();
  private readonly ruledBy = new Map<string, GroupDefinition[]>();
  private readonly remembered = new Map<string, readonly GroupDefinition[]>();

  constructor(
    readonly definitions: GroupDefinitions,
    readonly config: Pick<Configuration, 'app' | 'users'>,
  ) {
    const named = new Set([EVERYONE, ...groupsNamedFor(config, EVERYONE)]);
    const active = [...definitions.values()].filter(({ isActive }) => isActive);
    this.everyone = new Set(active.map(({ name }) => name).filter((name) => named.has(name)));
    for (const [rank, group] of active.entries()) {
      this.ranks.set(group, rank);
      const field = group.rules[0]?.field;
      if (field === undefined || this.everyone.has(group.name)) continue;
      const others = this.ruledBy.get(field);
      if (others) others.push(group);
      else this.ruledBy.set(field, [group]);
    }
  }

  /** What `membershipsOfPerson` says of somebody, in the same order. */
  membershipsOf(person: FoundPerson, manual: readonly string[]): Membership[] {
    const { config } = this;
    const found: Membership[] = [];
    const candidates = this.candidates(person, manual);
    for (const name of this.everyone) candidates.add(this.definitions.get(name)!);
    for (const group of [...candidates].sort((one, other) => this.rank(one) - this.rank(other))) {
      const because = reasonOf(group, person, { config, isManual: manual.includes(group.name) });
      if (because) found.push({ group, because });
    }
    return found;
  }

  /** The names of somebody's groups beside those that everybody is in, sorted. */
  groupsOf(person: FoundPerson, manual: readonly string[]): readonly string[] {
    const { config } = this;
    const found: string[] = [];
    for (const group of this.candidates(person, manual)) {
      const isManual = manual.includes(group.name);
      if (reasonOf(group, person, { config, isManual })) found.push(group.name);
    }
    return found.sort();
  }

  /** The groups that somebody may be in beside those of everybody; nobody is in another one. */
  private candidates({ email, claims }: FoundPerson, manual: readonly string[]) {
    const found = new Set<GroupDefinition>();
    for (const name of [...groupsNamedFor(this.config, email), ...manual]) {
      const group = this.definitions.get(name);
      if (group?.isActive && !this.everyone.has(name)) found.add(group);
    }
    if (claims === null) return found;
    for (const [field, groups] of this.ruledBy) {
      if (!Object.hasOwn(claims, field)) continue;
      const claim = claims[field];
      for (const value of Array.isArray(claim) ? (claim as unknown[]) : [claim]) {
        for (const group of this.fitting(field, groups, textOf(value))) found.add(group);
      }
    }
    return found;
  }

  private fitting(
    field: string,
    groups: readonly GroupDefinition[],
    text: string | null,
  ): readonly GroupDefinition[] {
    if (text === null) return NO_GROUPS;
    if (text.length > LONGEST_REMEMBERED) return beginningWith(groups, text);
    const key = `${field}\n${text}`;
    const known = this.remembered.get(key);
    if (known) return known;
    const found = beginningWith(groups, text);
    if (this.remembered.size >= REMEMBERED_TEXTS) this.remembered.clear();
    this.remembered.set(key, found.length === 0 ? NO_GROUPS : found);
    return found;
  }

  private rank(group: GroupDefinition): number {
    return this.ranks.get(group)!;
  }
}

type FoundPerson = Pick<Person, 'email' | 'claims'>;

const beginningWith = (groups: readonly GroupDefinition[], text: string) =>
  groups.filter(({ rules }) => matchesText(rules[0]!, text));
