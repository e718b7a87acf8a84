import { createApp } from './app.js';
import { describeApi } from './api-documentation.js';
import { loadConfiguration } from './config/index.js';
import { createLogger } from './infrastructure/logging/logger.js';

/** Prints the OpenAPI document of every route, from an application that listens to nobody. */
const ANY_CONFIGURATION = `
app:
  secret_key: only-to-describe-the-routes-only-to-describe
  encryption_key: nothing-is-encrypted-here-nothing-is-encrypted
  database_url: 'sqlite:///:memory:'
  debug: true
`;

const loaded = loadConfiguration({ text: ANY_CONFIGURATION, env: {} });
if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
const app = await createApp(
  { configurationPath: 'config.yaml', loaded, watchIntervalMs: 0 },
  createLogger({ level: 'silent', format: 'json' }),
);
process.stdout.write(JSON.stringify(describeApi(app)));
await app.close();
