import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type CommandContext, databaseOf } from '../command-context.js';
import { failed, type Finding, ok, warning } from './check.js';

const NOTED_BYTES = 2e9;
const REFUSED_BYTES = 200e6;

/** Room where Lumen writes: beside a SQLite database, and for files on their way. */
export async function checkDisk(context: CommandContext): Promise<Finding[]> {
  const settings = databaseOf(context);
  const folders = new Set([tmpdir()]);
  if (settings.kind === 'sqlite') folders.add(path.dirname(path.resolve(settings.file)));
  return Promise.all([...folders].map(checkFolder));
}

async function checkFolder(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const detail = `${(free / 1e9).toFixed(1)} GB free in ${folder}`;
  const advice = 'Make room: a full disk stops every request that is charged.';
  if (free < REFUSED_BYTES) return failed('disk space', detail, advice);
  if (free < NOTED_BYTES) return warning('disk space', detail, advice);
  return ok('disk space', detail);
}
