import { UsersService } from '../../../server/src/users/users.service.js';
import { type TestApplication } from '../lumen/application.js';

/** The id of somebody who can have conversations. */
export async function personOf(app: TestApplication, name: string): Promise<string> {
  return (await app.context.get(UsersService).ensure(`${name}@example.edu`)).id;
}
