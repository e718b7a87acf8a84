import { existsSync } from 'node:fs';
import { capture } from './processes.mjs';

/** Whether this is root on Debian or one of its kin. */
export const canUseApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs a Debian package; answers what apt-get said if it failed, undefined if it did not. */
export async function aptInstall(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-y', '-q', '-o', 'DPkg::Lock::Timeout=300'];
  const update = await capture('/usr/bin/apt-get', ['update', ...options], { env });
  const install = await capture(
    '/usr/bin/apt-get',
    ['install', '--no-install-recommends', ...options, name],
    { env },
  );
  return install.code === 0 ? undefined : `${update.output}${install.output}`;
}

/** The last line that says what was wrong, for a message of one line. */
export const lastComplaint = (output) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => /^(E:|Error|error|npm error|Failed)/.test(line)) ?? 'no reason given';
