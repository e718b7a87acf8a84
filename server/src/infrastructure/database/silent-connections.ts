import { type PoolClient } from 'pg';

interface WithConnection {
  connection: { stream: { destroy(): void } };
}

/**
 * Breaks a connection off that does not answer in time, so that whatever was asked on it fails; the
 * system itself would wait a quarter of an hour. Clear the timer when it has answered.
 */
export function breakOffAfter(ms: number, client: PoolClient): NodeJS.Timeout {
  const breakOff = () => (client as unknown as WithConnection).connection.stream.destroy();
  // What came while this process was busy is read first: a late look at the clock is not a late answer.
  return setTimeout(() => setImmediate(breakOff), ms);
}
