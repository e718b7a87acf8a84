import { type ChatRetention } from './chat/index.js';
import { type ConfigurationService } from './config/configuration.service.js';
import { type GroupsService } from './groups/index.js';
import { type UsersService } from './users/index.js';

const FOR_EVER = 0;

/**
 * How long whose conversations are kept: of the person's groups that say so the one that keeps them
 * longest, else what `retention.chat_days` says. Here because it puts together what modules know that
 * must not know each other.
 */
export function chatRetention(
  configuration: ConfigurationService,
  users: UsersService,
  groups: GroupsService,
): ChatRetention {
  return {
    daysOf: async (userId) => {
      const { groups: configured, retention } = configuration.current;
      const user = await users.find(userId);
      const memberships = user ? await groups.ofUser(user) : [];
      const said = memberships
        .map(({ group }) => configured[group.name]?.chatDays ?? null)
        .filter((days) => days !== null);
      const days = said.length === 0 ? retention.chatDays : longest(said);
      return days === FOR_EVER ? null : days;
    },
  };
}

const longest = (days: readonly number[]) =>
  days.includes(FOR_EVER) ? FOR_EVER : Math.max(...days);
