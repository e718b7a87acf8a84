import { setTimeout as delay } from 'node:timers/promises';
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger, type LoggerService } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';
import { createConfigurationService } from './configuration.module.js';
import { type ConfigurationChange, type ConfigurationService } from './configuration.service.js';
import { ConfigurationError } from './problem.js';
import { configurationText } from './testing/configuration-text.js';

const OIDC = { oauth2: { client_id: 'c', client_secret: 's' } };
const text = (sections: object = {}, app: object = {}) =>
  configurationText({ ...OIDC, ...sections }, { ...app });

describe('ConfigurationService', () => {
  let directory: string;
  let path: string;
  let service: ConfigurationService;
  let changes: ConfigurationChange[];
  const lines: string[] = [];

  const listen = (level: string) => (message: unknown) =>
    void lines.push(`${level}: ${String(message)}`);
  const recorder: LoggerService = {
    log: listen('log'),
    warn: listen('warn'),
    error: listen('error'),
  };

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'lumen-configuration-'));
    path = join(directory, 'config.yaml');
    writeFileSync(path, text({ chat: { remove: 'hide' } }));
    Logger.overrideLogger(recorder);
    start();
  });

  afterEach(() => {
    service.onModuleDestroy();
    rmSync(directory, { recursive: true });
    Logger.overrideLogger(true);
  });

  /** Without a timer: the test says when to look. */
  function start(watchIntervalMs = 0, env = {}): void {
    service?.onModuleDestroy();
    lines.length = 0;
    changes = [];
    service = createConfigurationService(env, { path, watchIntervalMs });
    service.changes$.subscribe((change) => changes.push(change));
    service.onModuleInit();
  }

  async function change(content: string): Promise<void> {
    writeFileSync(path, content);
    await service.lookNow();
  }

  it('reads the file at the start', () => {
    expect(service.current.chat.remove).toBe('hide');
    expect(service.sourceOf('chat.remove')).toBe('file');
    expect(service.sourceOf('app.port')).toBe('default');
    expect(lines).toEqual([]);
  });

  it('does nothing while the file stays as it is, even if it is touched or written again', async () => {
    const before = service.current;
    await service.lookNow();
    utimesSync(path, 1, 1);
    await service.lookNow();
    await change(text({ chat: { remove: 'hide' } }));
    expect(service.current).toBe(before);
    expect([lines, changes]).toEqual([[], []]);
  });

  it('takes over what is hot and tells what changed', async () => {
    const previous = service.current;
    await change(text({ chat: { remove: 'delete' }, admins: ['a@b.edu'] }));
    expect(service.current.chat.remove).toBe('delete');
    expect(previous.chat.remove).toBe('hide');
    expect(changes).toEqual([
      { previous, current: service.current, changedPaths: ['admins', 'chat.remove'] },
    ]);
    expect(lines).toEqual(['log: config.yaml reloaded: admins, chat.remove']);
  });

  it('sees a file that is replaced in one step', async () => {
    writeFileSync(`${path}.new`, text({ chat: { remove: 'delete' } }));
    renameSync(`${path}.new`, path);
    await service.lookNow();
    expect(service.current.chat.remove).toBe('delete');
  });

  it('keeps what needs a restart and warns of it', async () => {
    const { secretKey } = service.current.app;
    await change(
      text({ prometheus: { enabled: true } }, { name: 'New', secret_key: 'hunter2-'.repeat(5) }),
    );
    expect(service.current.app.name).toBe('New');
    expect(service.current.app.secretKey).toBe(secretKey);
    expect(service.current.prometheus.enabled).toBe(false);
    expect(changes.map(({ changedPaths }) => changedPaths)).toEqual([['app.name']]);
    expect(lines).toContain('warn: restart required for: app.secret_key, prometheus.enabled');
    expect(lines.join()).not.toContain('hunter2');
  });

  it('announces nothing when only keys for the next start changed', async () => {
    await change(text({ chat: { remove: 'hide' }, server: { workers: 2 } }));
    expect(changes).toEqual([]);
    expect(lines).toEqual([
      'log: config.yaml reloaded',
      'warn: restart required for: server.workers',
    ]);
  });

  it('keeps the old configuration when the file breaks, says why once, and heals', async () => {
    const before = service.current;
    await change('app:\n  name: "half-writ');
    await service.lookNow();
    await service.lookNow();
    expect(service.current).toBe(before);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^warn: config.yaml is broken; .* stays in force:\n.*not valid YAML at line 2/,
    );
    await change(text({ chat: { remove: 'delete' } }));
    expect(service.current.chat.remove).toBe('delete');
    expect(lines).toHaveLength(2);
  });

  it('never takes half of a file that is still being written', async () => {
    writeFileSync(path, text({ chat: { remove: 'delete' } }));
    const looking = service.lookNow();
    await delay(30);
    writeFileSync(path, text({ chat: { remove: 'hide' } }));
    await looking;
    expect(service.current.chat.remove).toBe('hide');
    await service.lookNow();
    expect(changes).toEqual([]);
  });

  it('lists every error of a broken file', async () => {
    await change(
      text({ chat: { remove: 'burn' }, groups: { g: { max: -3 } } }, { dev_user: 'a@b' }),
    );
    expect(lines).toHaveLength(1);
    for (const part of ['chat.remove', 'groups.g.max', 'app.dev_user'])
      expect(lines[0]).toContain(part);
  });

  it('survives the file going away and coming back', async () => {
    const before = service.current;
    renameSync(path, `${path}.away`);
    await service.lookNow();
    await service.lookNow();
    expect(lines).toEqual([expect.stringMatching(/^warn: .*There is no /s)]);
    renameSync(`${path}.away`, path);
    await service.lookNow();
    expect(service.current).toBe(before);
    await change(text({ chat: { remove: 'delete' } }));
    expect(service.current.chat.remove).toBe('delete');
  });

  it('tells each warning of the file once', async () => {
    await change(text({ chat: { remove: 'hide' }, colour: 'red' }));
    expect(lines).toEqual([
      'log: config.yaml reloaded',
      expect.stringMatching(/^warn: config.yaml:\n {2}colour: unknown key/),
    ]);
    await change(text({ chat: { remove: 'hide' }, colour: 'blue', shape: 'round' }));
    expect(lines.slice(2)).toEqual([
      'log: config.yaml reloaded',
      expect.stringMatching(/^warn: config.yaml:\n {2}shape: unknown key, ignored$/),
    ]);
  });

  it('lets the environment win at a reload, too', async () => {
    start(0, { LUMEN_DEFAULT_MODEL: 'from-env' });
    await change(text({ governance: { default_model: 'from-file' }, chat: { remove: 'delete' } }));
    expect(service.current.governance.defaultModel).toBe('from-env');
    expect(changes.map(({ changedPaths }) => changedPaths)).toEqual([['chat.remove']]);
  });

  it('looks by itself at its interval', async () => {
    start(5);
    const announced = firstValueFrom(service.changes$);
    writeFileSync(path, text({ chat: { remove: 'delete' } }));
    expect((await announced).current.chat.remove).toBe('delete');
  });

  it('ends its announcements when it is destroyed', async () => {
    start(5);
    let ended = false;
    service.changes$.subscribe({ complete: () => (ended = true) });
    service.onModuleDestroy();
    expect(ended).toBe(true);
    await change(text({ chat: { remove: 'delete' } }));
    expect(changes).toEqual([]);
  });

  it('cannot be made of a broken file', () => {
    writeFileSync(path, 'app: 5');
    expect(() => createConfigurationService({}, { path })).toThrow(ConfigurationError);
  });
});
