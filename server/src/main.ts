import './private-files.js';
import './compile-cache.js';

const { readEnvironment } = await import('./config/index.js');
const { startServer } = await import('./server.js');

process.exitCode = await startServer(await readEnvironment());
