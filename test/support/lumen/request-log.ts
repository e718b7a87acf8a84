import { RequestLog } from '../../../server/src/usage/log/request-log.entity.js';
import { until } from '../until.js';
import { type LumenServer } from './lumen-server.js';
import { onDatabaseOf } from './server-database.js';

/** The rows of a running server's request log, oldest first, once there are at least `count`. */
export function requestLogOf(server: LumenServer, count = 0): Promise<RequestLog[]> {
  return onDatabaseOf(server, async (database) => {
    const log = database.getRepository(RequestLog);
    await until(async () => (await log.count()) >= count);
    return log.find({ order: { id: 'ASC' } });
  });
}
