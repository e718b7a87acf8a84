import { spawnSync } from 'node:child_process';

/** `http2 on` is from this version on; before, it was a word of `listen`. */
const HTTP2_DIRECTIVE = [1, 25, 1];
/** A name in `upstream` is asked for again from this version on. */
export const RESOLVE = [1, 27, 3];

/**
 * The configuration of the proxy for the nginx that is installed here: on other ports, and for an
 * older one than the image's with the older spelling of one setting, and without what it cannot do: here
 * the name of Lumen is an address.
 */
export function debianNginx(nginx: string, text: string, ports: Record<string, number>): string {
  let changed = text;
  if (isOlder(versionOf(nginx), HTTP2_DIRECTIVE)) {
    changed = changed
      .replace('listen 8443 ssl;', 'listen 8443 ssl http2;')
      .replace(/ *http2 on;\n/, '');
  }
  if (isOlder(versionOf(nginx), RESOLVE)) {
    changed = changed.replace(/ *resolver .*;\n/, '').replace(/(server .*:\d+) resolve /, '$1 ');
  }
  for (const [from, to] of Object.entries(ports)) {
    changed = changed.replaceAll(`listen ${from}`, `listen 127.0.0.1:${to}`);
  }
  return changed;
}

function versionOf(nginx: string): number[] {
  const { stderr } = spawnSync(nginx, ['-v'], { encoding: 'utf8' });
  return /nginx\/([\d.]+)/.exec(stderr)![1]!.split('.').map(Number);
}

export function isOlder(version: readonly number[], than: readonly number[]): boolean {
  const differing = than.findIndex((part, index) => version[index] !== part);
  return differing !== -1 && version[differing]! < than[differing]!;
}
