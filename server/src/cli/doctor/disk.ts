import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Configuration } from '../../config/index.js';
import { type CommandContext, databaseOf } from '../command-context.js';
import { failed, type Finding, ok, warning } from './check.js';

const SUBJECT = 'disk space';
/** Files that several people send at a time. */
const FILES_AT_ONCE = 4;
const NOTED_BYTES = 2e9;
const REFUSED_BYTES = 200e6;

/** Room where Lumen writes: beside a SQLite database, and for files on their way. */
export async function checkDisk(
  context: CommandContext,
  { uploadBytes }: Configuration['limits'],
): Promise<Finding[]> {
  const settings = databaseOf(context);
  const uploads = checkUploads(tmpdir(), uploadBytes);
  if (settings.kind !== 'sqlite') return [await uploads];
  return Promise.all([checkDatabaseFolder(path.dirname(path.resolve(settings.file))), uploads]);
}

async function checkDatabaseFolder(folder: string): Promise<Finding> {
  const { free, detail } = await roomIn(folder);
  const advice = 'Make room: a full disk stops every request that is charged.';
  if (free < REFUSED_BYTES) return failed(SUBJECT, detail, advice);
  if (free < NOTED_BYTES) return warning(SUBJECT, detail, advice);
  return ok(SUBJECT, detail);
}

/** Whether `folder` has room for files of up to `uploadBytes` that are being read. */
export async function checkUploads(folder: string, uploadBytes: number): Promise<Finding> {
  const { free, detail } = await roomIn(folder);
  if (free >= FILES_AT_ONCE * uploadBytes) return ok(SUBJECT, detail);
  const most = `${(uploadBytes / 1e6).toFixed(0)} MB`;
  const advice = `Make room: files that people send lie there while they are read, each of up to ${most}.`;
  return warning(SUBJECT, detail, advice);
}

async function roomIn(folder: string): Promise<{ free: number; detail: string }> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  return { free, detail: `${(free / 1e9).toFixed(1)} GB free in ${folder}` };
}
