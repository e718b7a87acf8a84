import { type PoolClient } from 'pg';
import { GuardedPool } from './guarded-pool.js';
import { breakOffAfter } from './silent-connections.js';

type ConnectCallback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  release: (error?: Error | boolean) => void,
) => void;

/** One whose server vanished without a word would say nothing for a quarter of an hour. */
const LONGEST_SILENCE_MS = 2_000;

const nothingToRelease = (): void => undefined;

/**
 * A `pg` pool that tries a connection before handing it out (`app.db_pool.pool_pre_ping`): one that
 * died in the pool, with its server or in a firewall, is dropped and the next is tried, unseen by
 * the caller. Gives up with the last error when no attempt works.
 */
export class CheckedPool extends GuardedPool {
  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    const checkedOut = this.checkOut();
    if (!callback) return checkedOut;
    checkedOut.then(
      (client) => callback(undefined, client, client.release.bind(client)),
      (error: Error) => callback(error, undefined, nothingToRelease),
    );
  }

  private async checkOut(): Promise<PoolClient> {
    let attempts = this.totalCount + 1;
    for (;;) {
      const client = await super.connect();
      const silence = breakOffAfter(LONGEST_SILENCE_MS, client);
      try {
        await client.query('');
        return client;
      } catch (error) {
        client.release(true);
        attempts -= 1;
        if (attempts <= 0) throw error;
      } finally {
        clearTimeout(silence);
      }
    }
  }
}
