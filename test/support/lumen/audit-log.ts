import { AuditEntry } from '../../../server/src/infrastructure/audit/audit-entry.entity.js';
import { User } from '../../../server/src/users/user.entity.js';
import { type LumenServer } from './lumen-server.js';
import { onDatabaseOf } from './server-database.js';

const OLDEST_FIRST = { order: { id: 'ASC' } } as const;

/** A running server's audit log, oldest first. */
export function auditLogOf(server: LumenServer): Promise<AuditEntry[]> {
  return onDatabaseOf(server, (database) => database.getRepository(AuditEntry).find(OLDEST_FIRST));
}

/** The people a running server knows, oldest first. */
export function peopleOf(server: LumenServer): Promise<User[]> {
  return onDatabaseOf(server, (database) => database.getRepository(User).find(OLDEST_FIRST));
}
