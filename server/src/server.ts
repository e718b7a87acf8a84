import cluster from 'node:cluster';
import { configurationPath, readConfigurationFile } from './config/index.js';
import { createLogger } from './infrastructure/logging/logger.js';
import { explainStartFailure } from './start-failure.js';

/**
 * Runs the server until it is told to stop: in this process, or in `server.workers` of them that
 * this one starts. Answers the exit code; a start that fails has printed one line that says what to
 * do.
 */
export async function startServer(environment: NodeJS.ProcessEnv): Promise<number> {
  try {
    const path = configurationPath(environment);
    const loaded = readConfigurationFile(path, environment);
    const logger = createLogger(loaded.config.log);
    // What a process does not do it does not load.
    if (loaded.config.server.workers > 1 && cluster.isPrimary) {
      const { runWorkers } = await import('./workers.js');
      return await runWorkers(loaded.config, logger);
    }
    const { serve } = await import('./serving.js');
    return await serve({ configurationPath: path, loaded }, logger);
  } catch (error) {
    process.stderr.write(`${explainStartFailure(error)}\n`);
    return 1;
  } finally {
    // The channel to the first process would keep a worker running.
    if (cluster.isWorker && process.connected) process.disconnect();
  }
}
