import { createClient } from '@redis/client';
import { type Finding, ok, reasonOf, skipped, warning } from './check.js';

const CONNECT_MS = 3_000;

/** Redis, which nothing depends on but the limits that replicas share. */
export async function checkRedis(url: string | undefined): Promise<Finding[]> {
  if (url === undefined) return [skipped('redis', 'not configured; each process counts by itself')];
  const socket = { connectTimeout: CONNECT_MS, reconnectStrategy: false } as const;
  const client = createClient({ url, socket });
  // A failure to connect is what `connect` rejects with.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const startedMs = performance.now();
    await client.ping();
    return [ok('redis', `answers in ${(performance.now() - startedMs).toFixed(1)} ms`)];
  } catch (error) {
    const advice =
      'Check rate_limiting.storage_url. Until it is back, each replica counts by itself.';
    return [warning('redis', reasonOf(error), advice)];
  } finally {
    if (client.isOpen) client.destroy();
  }
}
