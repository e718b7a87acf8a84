import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { type Configuration } from '../../config/index.js';
import { failed, type Finding, ok, reasonOf, skipped, warning } from './check.js';

const SUBJECT = 'certificate';
const TIMEOUT_MS = 5_000;
const DAY_MS = 24 * 3_600_000;
const SOON_DAYS = 21;

/**
 * The certificates of every https address in the configuration and of these backends, one look for
 * each host. Lumen's own is where people come back to from signing in.
 */
export async function checkCertificates(
  config: Configuration,
  backends: readonly string[],
): Promise<Finding[]> {
  const { oauth2, governance, models } = config;
  const addresses = [
    config.app.publicUrl,
    ...(oauth2.clientId === '' ? [] : [oauth2.redirectUri, oauth2.serverMetadataUrl]),
    governance.fallback.baseUrl,
    ...models.flatMap(({ endpoints }) => endpoints.map(({ url }) => url)),
    ...backends,
  ];
  const hosts = new Set(addresses.flatMap((address) => tlsHostOf(address)));
  if (hosts.size === 0) return [skipped(SUBJECT, 'no https address is configured')];
  return Promise.all([...hosts].map(checkCertificate));
}

function tlsHostOf(address: string | null | undefined): string[] {
  const url = address ? URL.parse(address) : null;
  return url?.protocol === 'https:' ? [url.host] : [];
}

/** Looks at the certificate of `host` (with a port, where it is not 443). */
export async function checkCertificate(host: string): Promise<Finding> {
  try {
    const { validTo, refusal } = await certificateOf(host);
    const daysLeft = Math.floor((validTo.getTime() - Date.now()) / DAY_MS);
    const until = `${host}: valid until ${validTo.toISOString().slice(0, 10)}`;
    if (daysLeft < 0) return failed(SUBJECT, `${until}, which has passed`, RENEW);
    if (refusal) return failed(SUBJECT, `${host}: ${refusal}`, TRUST);
    if (daysLeft < SOON_DAYS) return warning(SUBJECT, `${until}, ${daysLeft} days`, RENEW);
    return ok(SUBJECT, `${until}, ${daysLeft} days`);
  } catch (error) {
    const advice = 'Check the address, and that this machine may reach it.';
    return warning(SUBJECT, `${host}: ${reasonOf(error)}`, advice);
  }
}

const RENEW = 'Renew it; if it is renewed by itself, look why that has not happened.';
const TRUST =
  'Have the certificate signed by an authority that this machine trusts, or name that authority in NODE_EXTRA_CA_CERTS.';

async function certificateOf(host: string): Promise<{ validTo: Date; refusal: string | null }> {
  const { hostname, port } = new URL(`https://${host}`);
  const name = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host: name,
    port: Number(port || 443),
    servername: isIP(name) ? undefined : name,
    // One that has expired is to be looked at, too; nothing is sent over this connection.
    rejectUnauthorized: false,
  });
  try {
    await secured(socket);
    const { valid_to: validTo } = socket.getPeerCertificate();
    const error = socket.authorizationError as Error | string | undefined;
    return { validTo: new Date(validTo), refusal: socket.authorized ? null : String(error) };
  } finally {
    socket.destroy();
  }
}

function secured(socket: TLSSocket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('secureConnect', resolve);
  socket.once('error', reject);
  socket.setTimeout(TIMEOUT_MS, () => reject(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
  return promise;
}
