import { ensureProgram } from './program.mjs';

/** The path of `redis-server`: REDIS_SERVER_PATH, or in the PATH, or installed now by apt as root. */
export const ensureRedis = (progress) =>
  ensureProgram({ name: 'redis-server', variable: 'REDIS_SERVER_PATH' }, progress);
