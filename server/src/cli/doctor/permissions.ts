import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CommandContext, databaseOf } from '../command-context.js';
import { failed, type Finding, ok, skipped, warning } from './check.js';

const SUBJECT = 'permissions';
const OTHERS = 0o007;

/** Nobody else may read what is secret, and this user may write where Lumen has to. */
export async function checkPermissions(
  context: CommandContext,
  configuration: string,
): Promise<Finding[]> {
  if (process.platform === 'win32') return [skipped(SUBJECT, 'not looked at on Windows')];
  const settings = databaseOf(context);
  const files = settings.kind === 'sqlite' ? [configuration, settings.file] : [configuration];
  const findings = await Promise.all(files.map(forOthers));
  if (settings.kind === 'sqlite') findings.push(await writable(settings.file));
  return findings;
}

async function forOthers(file: string): Promise<Finding> {
  const { mode } = await stat(file);
  const shown = (mode & 0o777).toString(8).padStart(3, '0');
  if ((mode & OTHERS) === 0) return ok(SUBJECT, `${file} has ${shown}`);
  const advice = `Run: chmod o= ${file}`;
  return warning(SUBJECT, `every user of this machine may open ${file} (${shown})`, advice);
}

async function writable(file: string): Promise<Finding> {
  const folder = path.dirname(path.resolve(file));
  try {
    for (const place of [file, folder]) await access(place, constants.W_OK);
    return ok(SUBJECT, `${file} and its folder can be written`);
  } catch {
    const advice = `Give them to the user that Lumen runs as: chown -R USER ${folder}`;
    return failed(SUBJECT, `this user may not write ${file} or its folder`, advice);
  }
}
