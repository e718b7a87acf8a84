import path from 'node:path';
import { DataSource } from 'typeorm';
import { load } from 'js-yaml';
import { RequestLog } from '../../../server/src/usage/request-log.entity.js';
import { type LumenServer } from './lumen-server.js';

const POLL_MS = 20;
const LONGEST_WAIT_MS = 5_000;

/** The rows of a running server's request log, oldest first, once there are at least `count`. */
export async function requestLogOf(server: LumenServer, count = 0): Promise<RequestLog[]> {
  const { app } = load(await server.configuration()) as { app: { database_url: string } };
  const dataSource = await open(app.database_url, server.directory);
  try {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      const rows = await dataSource.getRepository(RequestLog).find({ order: { id: 'ASC' } });
      if (rows.length >= count) return rows;
      if (Date.now() > deadline) throw new Error(`The log has ${rows.length} rows, not ${count}.`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  } finally {
    await dataSource.destroy();
  }
}

function open(url: string, directory: string): Promise<DataSource> {
  const entities = [RequestLog];
  const options = url.startsWith('sqlite')
    ? ({ type: 'better-sqlite3', database: path.join(directory, 'lumen.db'), entities } as const)
    : ({ type: 'postgres', url, entities } as const);
  return new DataSource(options).initialize();
}
