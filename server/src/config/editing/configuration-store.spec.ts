import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChangedMeanwhile, ConfigurationStore } from './configuration-store.js';

describe('the configuration file', () => {
  let directory: string;
  let file: string;
  let store: ConfigurationStore;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'lumen-store-'));
    file = path.join(directory, 'config.yaml');
    await writeFile(file, 'app: { name: Old }\n');
    store = new ConfigurationStore(file);
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('is replaced by what is around it', async () => {
    const { version } = await store.read();
    await store.write('app: { name: New }\n', version, new Date(), (replace) => replace());
    expect((await store.read()).text).toBe('app: { name: New }\n');
  });

  it('keeps an edit by hand that comes while a save prepares', async () => {
    const { version } = await store.read();
    const byHand = 'app: { name: By hand }\n';
    const saved = store.write('app: { name: New }\n', version, new Date(), async (replace) => {
      await writeFile(file, byHand);
      await replace();
    });
    await expect(saved).rejects.toThrow(ChangedMeanwhile);
    expect(await readFile(file, 'utf8')).toBe(byHand);
    expect((await readdir(directory)).sort()).toEqual(['.config-backups', 'config.yaml']);
  });

  it('stays as it was where what is around fails', async () => {
    const { version } = await store.read();
    const refusal = new Error('no line in the audit log');
    const saved = store.write('app: {}\n', version, new Date(), () => Promise.reject(refusal));
    await expect(saved).rejects.toBe(refusal);
    expect((await store.read()).version).toBe(version);
  });
});
