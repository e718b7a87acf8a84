import { readEnvironment } from './config/index.js';
import { startServer } from './server.js';

process.exitCode = await startServer(await readEnvironment());
