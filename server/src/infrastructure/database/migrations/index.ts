import { type MigrationInterface } from 'typeorm';
import { Foundation1763715600000 } from './1763715600000-foundation.js';
import { Identity1763719200000 } from './1763719200000-identity.js';

/** Every migration, oldest first; `npm run new:migration` adds to this list. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [
  Foundation1763715600000,
  Identity1763719200000,
];
