import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ConfigurationService } from '../../../server/src/config/configuration.service.js';
import {
  ConfigurationEditingService,
  createConfigurationService,
  type FormField,
  formFields,
} from '../../../server/src/config/index.js';
import { editedText } from '../../../server/src/config/editing/edited-text.js';
import { lineDiff } from '../../../server/src/config/editing/line-diff.js';
import { readFileTree } from '../../../server/src/config/editing/file-tree.js';
import { SYSTEM_CONTEXT } from '../../../server/src/infrastructure/audit/audit-context.js';
import { type AuditEvent } from '../../../server/src/infrastructure/audit/audit-trail.service.js';
import { ClockService } from '../../../server/src/infrastructure/clock/clock.service.js';

type Path = (string | number)[];

/** The example with one of everything, so that each key has a place. */
const BASE = editedText(
  (await readFile('config.yaml.example', 'utf8'))
    .replace('change-me-to-something-random', 'a-secret-key-of-at-least-32-characters')
    .replace('change-me-to-something-different', 'an-encryption-key-of-32-characters-or-more'),
  [
    { path: ['branding', 'footer_links'], value: [{ label: 'Help', url: '/help' }] },
    { path: ['branding', 'email_themes', '@x.edu'], value: { institution: 'X' } },
    { path: ['clients', 'lab'], value: { description: 'A lab', max: 5, dummy: { max: 5 } } },
    { path: ['users', 'dev@example.com', 'max'], value: 5 },
    { path: ['users', 'dev@example.com', 'dummy'], value: { max: 5 } },
    { path: ['groups', 'developers', 'dummy'], value: { max: 5 } },
    { path: ['groups', 'developers', 'rules'], value: [{ field: 'ou', equals: 'x' }] },
    { path: ['defaults', 'tokens'], value: { max: 5 } },
    { path: ['oauth2', 'params'], value: { idphint: 'urn:x' } },
  ],
);

const ENTRIES: Record<string, string> = {
  users: 'dev@example.com',
  groups: 'developers',
  clients: 'lab',
  email_themes: '@x.edu',
  params: 'idphint',
};

/** Every key that holds a value, with a path to one of its kind. */
function leaves(fields: readonly FormField[], at: Path): { path: Path; field: FormField }[] {
  return fields.flatMap((field) => {
    const here = [...at, field.name];
    const item = field.item;
    if (field.kind === 'section') return leavesOf(field, here);
    if (field.kind === 'list' && item?.kind === 'section') return leaves(item.fields, [...here, 0]);
    if (field.kind !== 'mapping' || !item) return [{ path: here, field }];
    const entry = [...here, ENTRIES[field.name] ?? 'entry'];
    return item.kind === 'section' ? leavesOf(item, entry) : [{ path: entry, field: item }];
  });
}

function leavesOf({ fields, rest }: FormField, at: Path): { path: Path; field: FormField }[] {
  const inRest = rest?.item ? leaves(rest.item.fields, [...at, 'dummy']) : [];
  return [...leaves(fields, at), ...inRest];
}

/** Values of many kinds; the first that the loader takes and that changes something is used. */
const SAMPLES = [
  'another text of more than thirty-two characters, as secrets need',
  'https://other.example.edu/path',
  'postgres://someone@db.example.edu/other',
  'redis://redis.example.edu:6379/1',
  '7 per hour',
  '#abcdef',
  'other@example.edu',
  '2023-07',
  'openid zz',
  'short',
  '/path',
];
const LISTS = [
  ['dummy'],
  ['one', 'two'],
  ['other@example.edu'],
  ['messages'],
  ['pdf'],
  ['one more secret of at least thirty-two characters'],
];

function samplesFor({ kind, choices, item }: FormField, now: unknown): unknown[] {
  if (kind === 'boolean') return [now !== true];
  if (kind === 'choice') return choices.filter((choice) => choice !== now);
  if (kind === 'number') return [41, 7, 3, 0.5, 2048, 5000, 3_000_000];
  if (kind === 'any') return [3];
  if (kind === 'list' && item) return LISTS;
  return SAMPLES;
}

function valueAt(tree: unknown, at: Path): unknown {
  return at.reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    tree,
  );
}

/** With an audit log of its own, which needs no database. */
function editingOf(configuration: ConfigurationService, audit: object) {
  const dataSource = { transaction: (work: () => Promise<void>) => work() };
  return new ConfigurationEditingService(
    configuration,
    audit as never,
    new ClockService(),
    dataSource as never,
  );
}

describe('the configuration as it is edited', () => {
  let directory: string;
  let file: string;
  let configuration: ConfigurationService;
  let editing: ConfigurationEditingService;
  let recorded: AuditEvent[];

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'lumen-editing-'));
    file = path.join(directory, 'config.yaml');
    await writeFile(file, BASE, { mode: 0o640 });
    configuration = createConfigurationService({}, { path: file, watchIntervalMs: 0 });
    recorded = [];
    const audit = {
      record: (_context: unknown, event: AuditEvent) => Promise.resolve(void recorded.push(event)),
    };
    editing = editingOf(configuration, audit);
  });

  afterEach(() => rm(directory, { recursive: true }));

  const all = leaves(formFields(), []);

  it.each(all.map(({ path: at, field }) => [at.join('.'), at, field] as const))(
    'keeps everything else when %s is changed, and brings the change into force',
    async (_name, at, field) => {
      const before = readFileTree(BASE)!.values;
      const shownBefore = await editing.show();
      let saved = false;
      for (const value of samplesFor(field, valueAt(before, at) ?? field.default)) {
        const changes = [{ path: at, value }];
        // A rule has one of the two, and dev_user needs debug.
        if (at.at(-1) === 'contains') {
          changes.push({ path: [...at.slice(0, -1), 'equals'], value: null });
        }
        if (at.at(-1) === 'debug') changes.push({ path: ['app', 'dev_user'], value: null });
        const checked = await editing.check({ changes });
        if (!checked.isValid || checked.changes.length === 0) continue;
        const shown = await editing.save({ changes }, shownBefore.version, SYSTEM_CONTEXT);
        saved = true;
        const text = await readFile(file, 'utf8');
        expect(valueAt(readFileTree(text)!.values, at)).toEqual(value);
        expectOthersUntouched(text, changes.length);
        // What is hot is in force: only the others still differ from what runs.
        const waiting = checked.changes.filter(({ reload }) => reload === 'restart');
        expect(shown.restartPending).toEqual(waiting.map((change) => change.path));
        break;
      }
      expect(saved).toBe(true);
      expect(recorded).toHaveLength(1);
    },
  );

  /** Every line of before is still there in its order, but for the one that had the value. */
  function expectOthersUntouched(text: string, most: number): void {
    const lines = text.split('\n');
    const gone = lineDiff(BASE, text).filter(({ kind }) => kind === 'removed').length;
    expect(gone).toBeLessThanOrEqual(most);
    expect(lines.filter((line) => line.trimStart().startsWith('#'))).toEqual(
      BASE.split('\n').filter((line) => line.trimStart().startsWith('#')),
    );
  }

  it('has a key of every kind, and every boolean that is true by default', () => {
    const paths = all.map(({ path: at }) => at.join('.'));
    expect(paths.length).toBeGreaterThan(180);
    const trueByDefault = all.filter(
      ({ field }) => field.kind === 'boolean' && field.default === true,
    );
    expect(trueByDefault.map(({ path: at }) => at.join('.'))).toEqual([
      'app.config_editor',
      'app.database.pool_pre_ping',
      'upstream.allow_private',
      'api.consent',
      'log.requests',
    ]);
  });

  it('brings hot keys into force at once and says which ones wait', async () => {
    const { version } = await editing.show();
    const changes = [
      { path: ['api', 'consent'], value: false },
      { path: ['app', 'port'], value: 5001 },
    ];
    const shown = await editing.save({ changes }, version, SYSTEM_CONTEXT);
    expect(configuration.current.api.consent).toBe(false);
    expect(configuration.current.app.port).toBe(5000);
    expect(shown.restartPending).toEqual(['app.port']);
    expect(shown.restartValues).toEqual([
      { path: 'app.port', inForce: 5000, inFile: 5001, isSecret: false },
    ]);
    expect(recorded[0]!.after).toEqual({
      paths: ['app.port', 'api.consent'],
      restart: ['app.port'],
    });
  });

  it('refuses an old version, whatever it is told to write', async () => {
    const { version } = await editing.show();
    await writeFile(file, `${BASE}# by hand\n`);
    const saving = editing.save({ text: BASE }, version, SYSTEM_CONTEXT);
    await expect(saving).rejects.toMatchObject({ code: 'conflict', status: 409 });
    expect(await readFile(file, 'utf8')).toBe(`${BASE}# by hand\n`);
  });

  it('lets one of two savers win', async () => {
    const { version } = await editing.show();
    const save = (port: number) =>
      editing.save({ changes: [{ path: ['app', 'port'], value: port }] }, version, SYSTEM_CONTEXT);
    const results = await Promise.allSettled([save(1), save(2), save(3)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await readdir(directory)).toSorted()).toEqual(['.config-backups', 'config.yaml']);
  });

  it('keeps mode and link, and private backups of what was there', async () => {
    const link = path.join(directory, 'link.yaml');
    await symlink('config.yaml', link);
    await chmod(file, 0o604);
    const linked = createConfigurationService({}, { path: link, watchIntervalMs: 0 });
    const audit = { record: () => Promise.resolve() };
    const other = editingOf(linked, audit);
    const { version } = await other.show();
    await other.save({ changes: [{ path: ['app', 'name'], value: 'N' }] }, version, SYSTEM_CONTEXT);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o604);
    const backups = path.join(directory, '.config-backups');
    expect((await stat(backups)).mode & 0o777).toBe(0o700);
    const [kept] = await readdir(backups);
    expect((await stat(path.join(backups, kept!))).mode & 0o777).toBe(0o600);
    expect(await readFile(path.join(backups, kept!), 'utf8')).toBe(BASE);
  });

  it('goes back to a backup, and forth again', async () => {
    const first = await editing.show();
    const changes = [{ path: ['app', 'name'], value: 'Another' }];
    const second = await editing.save({ changes }, first.version, SYSTEM_CONTEXT);
    const [backup] = await editing.history();
    const checked = await editing.checkBackup(backup!.id);
    expect(checked.changes).toEqual([{ path: 'app.name', reload: 'hot' }]);
    await editing.rollBack(backup!.id, second.version, SYSTEM_CONTEXT);
    expect(await readFile(file, 'utf8')).toBe(BASE);
    expect(configuration.current.app.name).toBe('Lumen');
    expect(await editing.history()).toHaveLength(2);
    expect(recorded.map(({ action }) => action)).toEqual([
      'configuration.update',
      'configuration.roll_back',
    ]);
    await expect(editing.checkBackup('../../etc/passwd')).rejects.toMatchObject({ status: 404 });
  });

  it('keeps a bounded number of backups', async () => {
    for (let turn = 0; turn < 33; turn += 1) {
      const { version } = await editing.show();
      await editing.save({ text: `${BASE}# ${turn}\n` }, version, SYSTEM_CONTEXT);
    }
    expect(await editing.history()).toHaveLength(30);
  }, 60_000);

  it('changes nothing where the file is managed elsewhere', async () => {
    const first = await editing.show();
    const changes = [{ path: ['app', 'config_editor'], value: false }];
    const second = await editing.save({ changes }, first.version, SYSTEM_CONTEXT);
    expect(second.readOnly).toBe('managed');
    const again = editing.save({ text: BASE }, second.version, SYSTEM_CONTEXT);
    await expect(again).rejects.toMatchObject({
      code: 'conflict',
      details: { readOnly: 'managed' },
    });
  });

  it.each([
    ['huge', `a: ${'x'.repeat(2 ** 20)}`],
    [
      'a bomb',
      `a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [${`*${i ? `b${i - 1}` : 'a'},`.repeat(9)}]`).join('\n')}\n`,
    ],
    ['deep', `a: ${'['.repeat(5000)}`],
    ['a prototype', '__proto__: {polluted: true}\n'],
    ['no mapping', '- a\n'],
    ['no YAML', 'a: [b\n'],
    ['full of wrong values', 'app: {port: x}\nchat: {remove: no}\n'],
  ])('refuses a text that is %s', async (_what, text) => {
    const { version } = await editing.show();
    const checked = await editing.check({ text });
    expect(checked.isValid).toBe(false);
    await expect(editing.save({ text }, version, SYSTEM_CONTEXT)).rejects.toMatchObject({
      status: 400,
    });
    expect(await readFile(file, 'utf8')).toBe(BASE);
    expect(await editing.history()).toEqual([]);
  });

  it('warns of unknown keys at their lines', async () => {
    const text = `${(await editing.show()).text}\nchatt:\n  remove: hide\n`;
    const { isValid, warnings } = await editing.check({ text });
    expect(isValid).toBe(true);
    const line = text.split('\n').indexOf('chatt:') + 1;
    expect(warnings).toContainEqual(expect.objectContaining({ path: 'chatt', line }));
  });

  it('answers no secret, also not one that was just typed', async () => {
    const typed = 'typed-secret-of-more-than-32-characters';
    const { version } = await editing.show();
    const changes = [{ path: ['app', 'secret_key'], value: typed }];
    const checked = await editing.check({ changes });
    const shown = await editing.save({ changes }, version, SYSTEM_CONTEXT);
    const said = JSON.stringify([checked, shown, recorded, await editing.history()]);
    expect(said).not.toContain(typed);
    expect(said).not.toContain('a-secret-key-of-at-least-32-characters');
    expect(said).not.toContain('an-encryption-key-of-32-characters-or-more');
    expect(await readFile(file, 'utf8')).toContain(`secret_key: ${typed}`);
  });

  it('keeps secrets of endpoints that are put in another order by a form', async () => {
    const endpoints = [1, 2].map((n) => ({ url: `http://h${n}/v1`, api_key: `key-number-${n}` }));
    const first = await editing.show();
    const add = [{ path: ['models', 0, 'endpoints'], value: endpoints }];
    const second = await editing.save({ changes: add }, first.version, SYSTEM_CONTEXT);
    const shown = valueAt(second.values, ['models', 0, 'endpoints']) as unknown[];
    const swap = [{ path: ['models', 0, 'endpoints'], value: shown.toReversed() }];
    const third = await editing.save({ changes: swap }, second.version, SYSTEM_CONTEXT);
    expect(third.problems).toEqual([]);
    const got = configuration.current.models[0]!.endpoints;
    expect(got.map(({ url, apiKey }) => [url, apiKey?.reveal()])).toEqual([
      ['http://h2/v1', 'key-number-2'],
      ['http://h1/v1', 'key-number-1'],
    ]);
  });
});
