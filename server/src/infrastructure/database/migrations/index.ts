import { type MigrationInterface } from 'typeorm';
import { Announcements1763760000000 } from './1763760000000-announcements.js';
import { Foundation1763715600000 } from './1763715600000-foundation.js';
import { Identity1763719200000 } from './1763719200000-identity.js';
import { Budgets1763731200000 } from './1763731200000-budgets.js';
import { Usage1763738400000 } from './1763738400000-usage.js';
import { UsageFolding1763749200000 } from './1763749200000-usage-folding.js';
import { Gateway1763745600000 } from './1763745600000-gateway.js';
import { Chat1763752800000 } from './1763752800000-chat.js';
import { ChatSearch1763756400000 } from './1763756400000-chat-search.js';
import { ApiKeySecrets1763767200000 } from './1763767200000-api-key-secrets.js';
import { DepartedOwners1763760600000 } from './1763760600000-departed-owners.js';
import { EndpointChecks1763763600000 } from './1763763600000-endpoint-checks.js';
import { Providers1763742000000 } from './1763742000000-providers.js';
import { PersonalBudgets1795312480910 } from './1795312480910-personal-budgets.js';
import { UsagePackedDays1795324970332 } from './1795324970332-usage-packed-days.js';
import { UsageLatencies1795338600000 } from './1795338600000-usage-latencies.js';
import { HoldsById1795370400000 } from './1795370400000-holds-by-id.js';
import { UsageShares1795346400000 } from './1795346400000-usage-shares.js';

/** Every migration, oldest first; `npm run new:migration` adds to this list. */
export const MIGRATIONS: (new () => MigrationInterface)[] = [
  Foundation1763715600000,
  Identity1763719200000,
  Budgets1763731200000,
  Usage1763738400000,
  Providers1763742000000,
  Gateway1763745600000,
  UsageFolding1763749200000,
  Chat1763752800000,
  ChatSearch1763756400000,
  Announcements1763760000000,
  DepartedOwners1763760600000,
  EndpointChecks1763763600000,
  ApiKeySecrets1763767200000,
  PersonalBudgets1795312480910,
  UsagePackedDays1795324970332,
  UsageLatencies1795338600000,
  UsageShares1795346400000,
  HoldsById1795370400000,
];
