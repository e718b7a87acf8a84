import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { checkConfiguration } from './check-configuration.js';
import { ConfigurationModule } from './configuration.module.js';
import { ConfigurationService } from './configuration.service.js';
import { ConfigurationError } from './problem.js';
import { configurationPath, readConfigurationFile } from './read-configuration-file.js';
import { configurationText } from './testing/configuration-text.js';

@Injectable()
class Reader {
  constructor(readonly configuration: ConfigurationService) {}
}

@Module({ providers: [Reader] })
class ReaderModule {}

describe('ConfigurationModule', () => {
  let directory: string;
  let path: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'lumen-configuration-module-'));
    path = join(directory, 'config.yaml');
    writeFileSync(
      path,
      configurationText({ oauth2: { client_id: 'c', client_secret: 's' } }, { name: 'Here' }),
    );
  });

  afterAll(() => rmSync(directory, { recursive: true }));

  it('gives the service to every module, and its timer does not outlive the application', async () => {
    const options = { path, watchIntervalMs: 60_000 };
    const application = await Test.createTestingModule({
      imports: [ConfigurationModule.forRoot(options), ReaderModule],
    }).compile();
    await application.init();
    expect(application.get(Reader).configuration.current.app.name).toBe('Here');
    expect(application.get(ConfigurationService)).toBe(application.get(Reader).configuration);
    await application.close();
  });

  it('takes what was read before', async () => {
    const initial = readConfigurationFile(path, { PORT: '7777' });
    const application = await Test.createTestingModule({
      imports: [ConfigurationModule.forRoot({ path, watchIntervalMs: 0, initial })],
    }).compile();
    expect(application.get(ConfigurationService).current).toBe(initial.config);
    await application.close();
  });

  it('fails with the whole list when the file is wrong', async () => {
    const broken = join(directory, 'broken.yaml');
    writeFileSync(broken, configurationText({ chat: { remove: 'burn' } }, { port: 'x' }));
    const compiling = Test.createTestingModule({
      imports: [ConfigurationModule.forRoot({ path: broken })],
    }).compile();
    await expect(compiling).rejects.toThrow(/2 problems:\n {2}app.port: .*\n {2}chat.remove: /);
  });
});

describe('readConfigurationFile', () => {
  it.each([
    [{}, './config.yaml'],
    [{ CONFIG_YAML: '' }, './config.yaml'],
    [{ CONFIG_YAML: '/etc/lumen.yaml' }, '/etc/lumen.yaml'],
  ])('with %j reads %s', (env, expected) => {
    expect(configurationPath(env)).toBe(expected);
  });

  it('says in one line what to do when there is no file', () => {
    expect(() => readConfigurationFile('/nowhere/config.yaml', {})).toThrow(
      new ConfigurationError('/nowhere/config.yaml', [
        {
          path: '',
          message:
            'There is no /nowhere/config.yaml. Copy config.yaml.example to /nowhere/config.yaml and edit it, or name another file in CONFIG_YAML.',
        },
      ]),
    );
  });

  it('says that a directory is no file', () => {
    expect(() => readConfigurationFile(tmpdir(), {})).toThrow(/is a directory/);
  });
});

describe('checkConfiguration', () => {
  it('reports what a valid file has, what the environment sets, and every warning', () => {
    const { ok, report } = checkConfiguration('test/fixtures/seed-readme.yaml', { PORT: '8080' });
    expect(ok).toBe(true);
    expect(report).toMatch(/is valid: 4 models, 3 groups, 0 clients\./);
    expect(report).toContain('PORT sets app.port');
    expect(report).toMatch(/2 warnings:\n {2}app.secret_key: /);
  });

  it('reports every error of a broken one', () => {
    const { ok, report } = checkConfiguration('test/fixtures/seed-admin.yaml', {
      PORT: 'x',
      REDIS_URL: 'y',
    });
    expect(ok).toBe(false);
    expect(report).toMatch(/has 2 problems:\n {2}app.port: .*\n {2}rate_limiting.storage_url: /);
  });
});
