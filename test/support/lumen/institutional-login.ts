import { freePort } from '../free-port.js';
import { LumenServer, type LumenOptions } from './lumen-server.js';

export interface InstitutionalLogin {
  /** Where people come back to, as it is registered with the provider. */
  redirectUri: string;
  port: number;
}

/** A place for Lumen that is known before Lumen runs, so that a provider can be told of it. */
export async function planInstitutionalLogin(): Promise<InstitutionalLogin> {
  const port = await freePort();
  return { port, redirectUri: `http://127.0.0.1:${port}/callback` };
}

/** Lumen at that place, without a development user; `oauth2` is the section, and `options.app` works. */
export async function startWithLogin(
  { port, redirectUri }: InstitutionalLogin,
  oauth2: Record<string, unknown>,
  options: LumenOptions & { isDebug?: boolean } = {},
): Promise<LumenServer> {
  const section = JSON.stringify({ redirect_uri: redirectUri, ...oauth2 });
  const server = await LumenServer.prepare({
    ...options,
    extra: `oauth2: ${section}\n${options.extra ?? ''}`,
    environment: { PORT: String(port), ...options.environment },
  });
  const text = await server.configuration();
  const isDebug = options.isDebug ?? true;
  await server.configure(
    text
      .replace('  dev_user: dev@example.com\n', '')
      .replace('debug: true', `debug: ${isDebug}\n  host: 127.0.0.1`),
  );
  try {
    await server.launch();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}
