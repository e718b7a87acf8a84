import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { load as parseYaml } from 'js-yaml';
import { type DocumentedKey, documentedKeys } from './documented-keys.js';
import { renewReference } from './reference.js';
import { loadText, problemsOf } from './testing/configuration-text.js';

const DOCUMENT = 'docs/configuration.md';
const example = readFileSync('config.yaml.example', 'utf8');
/** The example with every commented key in force: a # with no or two spaces before what follows. */
const everything = example.replace(/^(\s*)#(?=\w|"|- | {2})/gm, '$1');
const keys = documentedKeys();

describe('the schema', () => {
  it('says of every key what it is, whether it is hot, and what is allowed', () => {
    for (const { path, doc, isSection, allowed, default: fallback } of keys) {
      const words = isSection ? [doc] : [doc, allowed, fallback];
      expect({ path, words }).not.toEqual({ path, words: expect.arrayContaining(['']) as unknown });
    }
  });
});

describe('docs/configuration.md', () => {
  it('has the reference that follows from the schema (UPDATE_GOLDEN=1 writes it)', () => {
    const document = readFileSync(DOCUMENT, 'utf8');
    const renewed = renewReference(document);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(DOCUMENT, renewed);
    else expect(document).toBe(renewed);
  });

  it('names every key', () => {
    const renewed = renewReference(readFileSync(DOCUMENT, 'utf8'));
    for (const { path, isSection } of keys) {
      if (isSection && !path.includes('.')) expect(renewed).toContain(`### \`${path}\``);
      else expect(renewed).toContain(`| \`${path}\` |`);
    }
  });
});

describe('config.yaml.example', () => {
  it('works as it is, but for its secrets, for which it warns', () => {
    const { config, warnings } = loadText(example);
    expect(warnings.map(({ path }) => path)).toEqual(['app.secret_key', 'app.encryption_key']);
    expect(config.app.devUser?.email).toBe('dev@example.com');
    expect(config.models.map(({ name, endpoints }) => [name, endpoints[0]?.url])).toEqual([
      ['dummy', 'http://localhost:9999/v1'],
    ]);
  });

  it('gives the person of dev_user a budget', () => {
    const { users, groups, app } = loadText(example).config;
    const mine = users[app.devUser?.email ?? '']?.groups.map((name) => groups[name]?.coins?.max);
    expect(mine).toEqual([1000]);
  });

  it('has the placeholders of the secrets once each', () => {
    for (const word of ['change-me-to-something-random', 'change-me-to-something-different']) {
      expect(example.split(word)).toHaveLength(2);
    }
  });

  it('is refused in production until the secrets are changed', () => {
    const production = example
      .replace('debug: true', 'debug: false')
      .replace(/ +dev_user: .*\n/, '');
    const errors = problemsOf(production).errors.map(({ path }) => path);
    expect(errors).toEqual(['app.secret_key', 'app.encryption_key']);
  });

  it('is valid and free of unknown keys with every commented key in force', () => {
    const { errors, warnings } = problemsOf(everything);
    expect(errors).toEqual([]);
    expect(
      warnings.map(({ message }) => message).filter((message) => /unknown/.test(message)),
    ).toEqual([]);
  });

  describe('in full', () => {
    let tree: unknown;
    beforeAll(() => {
      tree = parseYaml(everything);
    });

    it('has every key', () => {
      const missing = keys
        .filter(({ path }) => valuesAt(tree, path).length === 0)
        .map(({ path }) => path);
      // dev_user stands there as a text; its two keys are in the comment beside it.
      expect(missing).toEqual(['app.dev_user.email', 'app.dev_user.groups']);
      expect(example).toContain('{email: dev@example.com, groups: [developers]}');
    });

    it('shows the default where a key is commented out and has one', () => {
      const silent = loadText(example);
      const full = loadText(everything);
      const wrong = keys.filter((key) => {
        const [value, shown] = [silent, full].map(
          ({ config }) => valuesAt(config, propertyOf(key))[0],
        );
        const isPlain = silent.sources.of(key.path) === 'default' && written(value) === key.default;
        return isPlain && written(shown) !== key.default;
      });
      expect(wrong.map(({ path }) => path)).toEqual([]);
    });

    it('marks what needs a restart and what the environment may set', () => {
      const marked = keys.filter(
        ({ path, isSection }) => !isSection && !path.startsWith('app.dev_user'),
      );
      for (const { path, reload, env } of marked) {
        const comments = commentsOn(path);
        expect({ path, env: comments.includes(env) }).toEqual({ path, env: true });
        expect({ path, restart: /\brestart\]/.test(comments) }).toEqual({
          path,
          restart: reload === 'restart',
        });
      }
    });
  });
});

/** The path in the typed tree. */
function propertyOf({ path }: DocumentedKey): string {
  const property = path.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
  return property.replace(/\.pool(Timeout|Recycle)$/, '.pool$1S');
}

/** A value as the reference writes a default. */
function written(value: unknown): string | undefined {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return JSON.stringify(value)?.replaceAll('"', '');
}

/** All values that a path with `[]` and `<name>` leads to. */
function valuesAt(tree: unknown, path: string): unknown[] {
  const parts = path.replaceAll('[]', '.[]').split('.');
  return parts.reduce<unknown[]>(
    (values, part) =>
      values.flatMap((value) => {
        if (typeof value !== 'object' || value === null) return [];
        const isOpen = part === '[]' || part.startsWith('<');
        if (isOpen) return Object.values(value) as unknown[];
        return part in value ? [(value as Record<string, unknown>)[part]] : [];
      }),
    [tree],
  );
}

/** The comments on a key in the example: those over its line, over its section and over its group. */
function commentsOn(path: string): string {
  const lines = example.split('\n');
  const comments: string[] = [];
  let at = 0;
  for (const part of path.replaceAll('[]', '').split('.')) {
    const isKey = new RegExp(`^ *(?:- |#)?"?${part}"?:`);
    const found = lines.findIndex((line, index) => index >= at && isKey.test(line));
    if (found < 0) continue;
    at = found;
    comments.push(commentAbove(lines, at));
  }
  return comments.join('\n');
}

/** The nearest block of comments, which several keys in a row may share. */
function commentAbove(lines: readonly string[], at: number): string {
  const isComment = (index: number) => /^\s*# /.test(lines[index] ?? '');
  let last = at - 1;
  while (last > 0 && !isComment(last) && lines[last] !== '') last -= 1;
  let first = last;
  while (first > 0 && isComment(first)) first -= 1;
  return lines.slice(first, last + 1).join('\n');
}
