import { readFileSync } from 'node:fs';

const manifest = new URL('../../../package.json', import.meta.url);

/** The version of this build, from `package.json`. */
export const LUMEN_VERSION: string = (
  JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
).version;
