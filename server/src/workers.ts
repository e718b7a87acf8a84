import { type Logger } from 'pino';
import { type Configuration } from './config/index.js';
import { WorkerPool } from './infrastructure/workers/worker-pool.js';
import { onStopSignals } from './stop-signal.js';

/** Runs several processes that share the port until they are told to stop. Answers the exit code. */
export async function runWorkers(config: Configuration, logger: Logger): Promise<number> {
  const { workers } = config.server;
  if (config.rateLimiting.storageUrl === null) {
    logger.warn(
      { workers },
      'Each worker counts requests for itself, so that rate limits admit up to this many times as ' +
        'much. Set rate_limiting.storage_url to count together.',
    );
  }
  const pool = new WorkerPool(workers, config.app, logger);
  let isStopping = false;
  onStopSignals({
    first: () => {
      if (isStopping) return;
      isStopping = true;
      logger.info('stopping');
      pool.stop();
    },
    again: () => {
      pool.kill();
      process.exit(130);
    },
  });
  process.on('SIGHUP', () => void pool.replaceAll());
  const code = await pool.run();
  // The channels of a cluster would keep this process waiting for nothing.
  process.exit(code);
}
