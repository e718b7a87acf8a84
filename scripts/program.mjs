import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, canUseApt, lastComplaint } from './apt.mjs';
import { Failure } from './failure.mjs';

/** Debian keeps servers where only root looks for programs. */
const FURTHER_FOLDERS = ['/usr/sbin'];

/**
 * The path of a program that the tests need: the one that the environment's `variable` names, or in
 * the PATH, or installed now from the Debian package by apt as root.
 */
export async function ensureProgram({ name, variable, debianPackage = name }, progress) {
  const find = () => findProgram(name, variable);
  const present = find();
  if (present) return present;
  const byHand = `Install ${name} (apt, brew), or name it in ${variable}.`;
  if (!canUseApt())
    throw new Failure(`The tests need ${name}, which is not in the PATH. ${byHand}`);
  const complaint = await progress.step(`Installing ${name}`, () => aptInstall(debianPackage));
  const installed = find();
  if (installed) return installed;
  throw new Failure(
    `The tests need ${name}, and apt could not install it (${lastComplaint(complaint ?? '')}). ${byHand}`,
    { output: complaint },
  );
}

/** The path of a program, if it is there. */
export function findProgram(name, variable) {
  const named = process.env[variable];
  if (named && !existsSync(named)) {
    throw new Failure(`${variable} names ${named}, which is not there.`);
  }
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [named, ...[...folders, ...FURTHER_FOLDERS].map((folder) => join(folder, file))].find(
    (path) => path && existsSync(path),
  );
}
