import { Injectable } from '@nestjs/common';
import { ConfigurationService } from '../config/configuration.service.js';
import { normaliseEmail, UsersService } from '../users/index.js';
import { checkedGroup } from './console-groups.service.js';
import { type Effect, GroupCensusService } from './group-census.service.js';
import { type GroupDefinition } from './group-definitions.js';
import { type Claims, matchesAll } from './group-rules.js';
import { GroupsService } from './groups.service.js';
import { ManualMembershipsService } from './manual-memberships.service.js';
import { type Membership, membershipsOfPerson } from './memberships.js';

/** A group as it might be: one that exists with other rules, or one that does not exist yet. */
export interface DraftGroup {
  name?: string;
  isActive?: boolean;
  rules: unknown;
}

export interface Trial {
  claims: Claims;
  /** Somebody's address, to count what the configuration and administrators say about them. */
  email?: string;
  draft?: DraftGroup;
}

export interface TrialResult {
  /** The groups somebody with these claims would be in, the draft in force. */
  memberships: readonly Membership[];
  /** What the draft would do; null without one. */
  draft: (Effect & { name: string; matches: boolean }) | null;
}

const UNNAMED = 'new group';

/** Tries rules out before they are in force. Changes nothing. */
@Injectable()
export class GroupTrialService {
  constructor(
    private readonly groups: GroupsService,
    private readonly manual: ManualMembershipsService,
    private readonly census: GroupCensusService,
    private readonly users: UsersService,
    private readonly configuration: ConfigurationService,
  ) {}

  /** @throws AppError invalid_request for wrong rules; the signal's reason when the caller leaves */
  async try({ claims, email, draft }: Trial, signal?: AbortSignal): Promise<TrialResult> {
    await this.groups.loaded();
    const definitions = new Map(this.groups.definitions().map((group) => [group.name, group]));
    const after = draft && this.draftOf(draft);
    if (after) definitions.set(after.name, after);
    const address = normaliseEmail(email ?? '');
    const user = address === '' ? null : await this.users.findByEmail(address);
    const manual = user ? await this.manual.of(user.id) : [];
    const config = this.configuration.current;
    const person = { email: address, claims };
    return {
      memberships: membershipsOfPerson(person, definitions, { config, manual }),
      draft: after
        ? {
            name: after.name,
            matches: matchesAll(after.rules, claims),
            ...(await this.census.effectOf(after, signal)),
          }
        : null,
    };
  }

  private draftOf({ name = UNNAMED, isActive, rules }: DraftGroup): GroupDefinition {
    const present = this.groups.find(name);
    const checked = checkedGroup({ rules });
    const { modelAccess, coins, tokens } = present ?? checked;
    return {
      name,
      description: present?.description ?? '',
      source: present?.source ?? 'console',
      isActive: isActive ?? present?.isActive ?? true,
      rules: checked.rules,
      modelAccess,
      coins,
      tokens,
    };
  }
}
