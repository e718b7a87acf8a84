import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { diffConfigurations, keepRestartOnly } from './diff.js';
import { documentedKeys } from './documented-keys.js';
import { loadConfiguration } from './load-configuration.js';
import { type Configuration } from './schema/configuration.js';
import { configurationText, loadText, SECRETS } from './testing/configuration-text.js';

const keyNames = [
  ...new Set(documentedKeys().map(({ path }) => path.split('.').at(-1)?.replace('[]', '') ?? '')),
];
const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '',
  '*',
  '<<',
  '\u0000',
];

const leaf = fc.oneof(
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(
    null,
    -2,
    0,
    '',
    'whitelist',
    'yes',
    'http://h/v1',
    'a@b.edu',
    'sqlite:///x.db',
    '30 per minute',
  ),
);
const name = fc.oneof(
  fc.constantFrom(...keyNames, 'default', 'staff', 'active', 'projects'),
  fc.constantFrom(...HOSTILE),
  fc.string(),
);

/** Trees that use real key names in wrong and right places. */
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    leaf,
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('tree')), { maxLength: 6 }).map((pairs) => withOwnNames(pairs)),
  ),
}));
const mapping = fc
  .array(fc.tuple(name, tree), { maxLength: 8 })
  .map((pairs) => withOwnNames(pairs));

function withOwnNames(pairs: [string, unknown][]): object {
  const object = {};
  for (const [key, value] of pairs) {
    Object.defineProperty(object, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return object;
}

describe('loadConfiguration, whatever it is given', () => {
  it('never throws for any text', () => {
    const yamlish = fc.stringMatching(/^[-:{}[\],&*!|>'"%@`#? \n\ta-c0-9]{0,80}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), yamlish, fc.string({ unit: 'binary' })), (text) => {
        expect(loadConfiguration({ text, env: {} }).ok).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws for any tree, and every problem has a message', () => {
    fc.assert(
      fc.property(mapping, (sections) => {
        const text = dump({ app: SECRETS, ...sections });
        const loaded = loadConfiguration({ text, env: {} });
        const problems = loaded.ok ? loaded.warnings : [...loaded.errors, ...loaded.warnings];
        expect(problems.every(({ message }) => message.length > 0)).toBe(true);
        expect(loaded.ok || loaded.errors.length > 0).toBe(true);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws for any environment', () => {
    const env = fc.dictionary(
      fc.constantFrom(
        'PORT',
        'DATABASE_URL',
        'LUMEN_ALLOWED_MODELS',
        'LUMEN_LOG_LEVEL',
        'LUMEN_TIMEOUT_IDLE_S',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(env, mapping, (variables, sections) => {
        loadConfiguration({ text: dump({ app: SECRETS, ...sections }), env: variables });
      }),
      { numRuns: 200 },
    );
  });

  it('finds no difference between two readings of one text', () => {
    fc.assert(
      fc.property(valid, (sections) => {
        expect(diffConfigurations(load(sections), load(sections))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('takes over exactly what is hot', () => {
    fc.assert(
      fc.property(valid, valid, (before, after) => {
        const [running, next] = [load(before), load(after)];
        const kept = keepRestartOnly(running, next);
        const wanted = diffConfigurations(running, next);
        const those = (reload: string) => wanted.filter((found) => found.reload === reload);
        expect(diffConfigurations(running, kept)).toEqual(those('hot'));
        expect(diffConfigurations(kept, next)).toEqual(those('restart'));
      }),
      { numRuns: 200 },
    );
  });
});

function load({ app, ...sections }: { app?: object }): Configuration {
  return loadText(configurationText(sections, { ...app })).config;
}

const policy = fc.record({ max: fc.constantFrom(-2, 5, 100), refresh: fc.constantFrom(0, 1) });
const entry = fc.record(
  {
    model_access: fc.record({ default: fc.constantFrom('whitelist', 'blocked') }),
    default: policy,
    'gpt-4o': policy,
  },
  { requiredKeys: [] },
);
const entries = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,4}$/),
  fc.tuple(entry, policy).map(([one, other]) => ({ ...one, ...other })),
  { maxKeys: 4 },
);
const model = fc.record(
  {
    name: fc.stringMatching(/^[a-z]{1,3}$/),
    active: fc.boolean(),
    input_cost_per_million: fc.constantFrom(0, 1.5),
    endpoints: fc.constant([{ url: 'http://h/v1', api_key: 'k' }]),
  },
  { requiredKeys: ['name'] },
);
const valid = fc.record(
  {
    app: fc.record(
      {
        name: fc.constantFrom('A', 'B'),
        debug: fc.boolean(),
        port: fc.constantFrom(1, 2),
        db_pool: fc.record({ pool_size: fc.constantFrom(1, 2) }),
      },
      { requiredKeys: [] },
    ),
    groups: entries,
    clients: entries,
    users: entries,
    models: fc.uniqueArray(model, { selector: ({ name: unique }) => unique, maxLength: 4 }),
    oauth2: fc.record({
      client_id: fc.constantFrom('', 'c'),
      params: fc.dictionary(fc.constantFrom('a', 'b'), fc.constant('x')),
    }),
    prometheus: fc.record({ enabled: fc.boolean(), token: fc.constantFrom('t', 'u') }),
    upstream: fc.record({ max_connections: fc.constantFrom(1, 2), ping_s: fc.constantFrom(1, 2) }),
  },
  { requiredKeys: [] },
);
