import { type ChatPeople } from './chat/index.js';
import { type UsersService } from './users/index.js';

/** What the chat is told of people; here because it must not know the module that knows them. */
export function chatPeople(users: UsersService): ChatPeople {
  return {
    nameOf: async (userId) => {
      const user = await users.find(userId);
      return user?.isActive ? user.name : null;
    },
  };
}
