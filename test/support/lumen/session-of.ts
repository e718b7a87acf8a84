import { BrowserSession } from './browser-session.js';
import { LumenServer, type LumenOptions } from './lumen-server.js';

const DEVELOPER = 'dev_user: dev@example.com';

/** A server that logs this person in, with admin@example.com as its administrator. */
export async function startAs(email: string, options: LumenOptions = {}): Promise<LumenServer> {
  const extra = `admins: [admin@example.com]\n${options.extra ?? ''}`;
  const server = await LumenServer.prepare({ ...options, extra });
  const text = await server.configuration();
  await server.configure(text.replace(DEVELOPER, `dev_user: ${email}`));
  await server.launch();
  return server;
}

/** A session of one more person at `server`, begun at a replica that is there for the login only. */
export async function sessionOf(
  email: string,
  server: LumenServer,
  options: LumenOptions = {},
): Promise<BrowserSession> {
  await using replica = await startAs(email, { ...options, databaseUrl: server.databaseUrl });
  return (await BrowserSession.start(replica)).at(server);
}
