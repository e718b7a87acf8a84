import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DEPLOY } from '../support/containers/compose-file.js';

describe('prepare.sh', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const prepare = () => execFileSync('sh', [at('prepare.sh'), 'lumen.example.edu']);
  const modeOf = (name: string) => statSync(at(name)).mode & 0o777;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'lumen-prepare-'));
    for (const name of ['prepare.sh', '.env.example']) cpSync(path.join(DEPLOY, name), at(name));
    for (const name of ['lumen', 'tls']) mkdirSync(at(name));
    // It makes a certificate only where there is none.
    writeFileSync(at('tls/fullchain.pem'), '');
    writeFileSync(at('lumen/config.yaml'), 'admins: []\n', { mode: 0o644 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('leaves secrets and configuration to the one whom Lumen runs as', () => {
    prepare();
    expect(modeOf('.env')).toBe(0o600);
    expect(modeOf('lumen/config.yaml')).toBe(0o600);
    const user = /^LUMEN_UID=(\d+)$/m.exec(readFileSync(at('.env'), 'utf8'))![1];
    expect(String(statSync(at('lumen/config.yaml')).uid)).toBe(user);
  });

  it('leaves the configuration readable where Lumen runs as somebody else than its owner', () => {
    const text = readFileSync(at('.env.example'), 'utf8');
    writeFileSync(at('.env'), text.replace(/^LUMEN_UID=.*/m, 'LUMEN_UID=54321'));
    prepare();
    expect(modeOf('lumen/config.yaml')).toBe(0o644);
  });

  it('needs no configuration', async () => {
    await rm(at('lumen/config.yaml'));
    expect(prepare).not.toThrow();
  });
});
