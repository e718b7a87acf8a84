import { type Configuration, parseDatabaseUrl } from './config/index.js';
import { type DatabaseSettings } from './infrastructure/database/database-settings.js';

/** Translates `app.database` of the configuration into what the database module opens. */
export function databaseSettings(configuration: Configuration): DatabaseSettings {
  const { database } = configuration.app;
  const location = parseDatabaseUrl(database.url.reveal());
  if (!location) throw new Error('The configuration was validated, so its database URL is one.');
  if (location.kind === 'sqlite') return location;
  return {
    kind: 'postgres',
    url: location.url,
    pool: {
      size: database.poolSize,
      maxOverflow: database.maxOverflow,
      timeoutS: database.poolTimeoutS,
      recycleS: database.poolRecycleS,
      prePing: database.poolPrePing,
    },
  };
}
