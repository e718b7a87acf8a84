import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, canUseApt, lastComplaint } from './apt.mjs';
import { Failure } from './failure.mjs';

/** The path of `redis-server`: REDIS_SERVER_PATH, or in the PATH, or installed now by apt as root. */
export async function ensureRedis(progress) {
  const present = findRedis();
  if (present) return present;
  const byHand = 'Install redis-server (apt, brew), or name it in REDIS_SERVER_PATH.';
  if (!canUseApt())
    throw new Failure(`The tests need redis-server, which is not in the PATH. ${byHand}`);
  const complaint = await progress.step('Installing redis-server', () =>
    aptInstall('redis-server'),
  );
  const installed = findRedis();
  if (installed) return installed;
  throw new Failure(
    `The tests need redis-server, and apt could not install it (${lastComplaint(complaint ?? '')}). ${byHand}`,
    { output: complaint },
  );
}

function findRedis() {
  const named = process.env.REDIS_SERVER_PATH;
  if (named && !existsSync(named)) {
    throw new Failure(`REDIS_SERVER_PATH names ${named}, which is not there.`);
  }
  const name = process.platform === 'win32' ? 'redis-server.exe' : 'redis-server';
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [named, ...folders.map((folder) => join(folder, name))].find(
    (path) => path && existsSync(path),
  );
}
