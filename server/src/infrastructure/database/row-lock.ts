import { type EntityManager, type FindOneOptions } from 'typeorm';

/**
 * Options that keep the rows found from being changed until the transaction ends. On SQLite none are
 * needed: a transaction there is the only one that writes.
 */
export function rowLock(manager: EntityManager): Pick<FindOneOptions, 'lock'> {
  const isPostgres = manager.dataSource.options.type === 'postgres';
  return isPostgres ? { lock: { mode: 'pessimistic_write' } } : {};
}
