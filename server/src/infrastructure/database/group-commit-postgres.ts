import { type Pool, type PoolClient } from 'pg';
import { type BatchWriter, type PostgresRound } from './batch-writer.js';
import { NotSentError } from './group-commit-failures.js';
import { breakOffAfter } from './silent-connections.js';

/** A connection that has not answered for so long is given up, and what was sent is tried on another. */
const LONGEST_SILENCE_MS = 15_000;

const nothing = (): void => undefined;

interface WithConnection {
  connection: { stream: { cork(): void; uncork(): void } };
}

/** Writes the items on a connection of their own; all of them or none. */
export async function writeInPostgres<Item, Result>(
  pool: Pool,
  writer: BatchWriter<Item, Result>,
  items: readonly Item[],
  isRepeat: boolean,
): Promise<Result[]> {
  const client = await connect(pool);
  const watch = breakOffAfter(LONGEST_SILENCE_MS, client);
  let isGood = false;
  try {
    const results = writer.isOneStatement
      ? await writer.inPostgres(client, items, { isRepeat, commit: nothing })
      : await inTransaction(client, writer, items, isRepeat);
    isGood = true;
    return results;
  } finally {
    clearTimeout(watch);
    client.release(!isGood);
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw new NotSentError(error);
  }
}

/** BEGIN goes out with the writer's first statement, COMMIT with its last if it says so. */
async function inTransaction<Item, Result>(
  client: PoolClient,
  writer: BatchWriter<Item, Result>,
  items: readonly Item[],
  isRepeat: boolean,
): Promise<Result[]> {
  const { stream } = (client as unknown as WithConnection).connection;
  // What the writer sends at once goes out in one piece: a write to the socket costs more than a query.
  stream.cork();
  const transaction = new Transaction(client, isRepeat);
  const written = writer.inPostgres(client, items, transaction);
  stream.uncork();
  const results = await written;
  await transaction.end();
  return results;
}

class Transaction implements PostgresRound {
  private readonly begun: Promise<unknown>;
  private committed: Promise<{ command: string }> | null = null;

  constructor(
    private readonly client: PoolClient,
    readonly isRepeat: boolean,
  ) {
    this.begun = client.query('BEGIN');
    this.begun.catch(nothing);
  }

  commit(): void {
    if (this.committed) return;
    this.committed = this.client.query('COMMIT');
    this.committed.catch(nothing);
  }

  async end(): Promise<void> {
    this.commit();
    await this.begun;
    const answer = await this.committed!;
    // PostgreSQL answers a commit of what has failed with a rollback, and calls that a success.
    if (answer.command !== 'COMMIT') throw new Error('The transaction was rolled back.');
  }
}
