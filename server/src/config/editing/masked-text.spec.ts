import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { SecretMasks } from './masked-text.js';

const masks = new SecretMasks('a key of this installation');

/** The text without its secrets must come back to itself, byte for byte. */
function masked(text: string): string {
  const hidden = masks.mask(text);
  const back = masks.unmask(hidden.text, hidden.secrets);
  expect(back).toEqual({ ok: true, text });
  return hidden.text;
}

describe('the masks of secrets', () => {
  it.each([
    ['plain', 'app:\n  secret_key: abc-def # mine\n'],
    ['in quotes', `app:\n  secret_key: "abc-def"\n  encryption_key: 'abc-def'\n`],
    ['over several lines', 'app:\n  secret_key: |\n    abc-def\n    more\n  port: 1\n'],
    ['in braces', 'models: [{name: a, endpoints: [{url: http://a, api_key: abc-def}]}]\n'],
    ['in a list', 'app:\n  previous_encryption_keys: [abc-def, "x, y"]\n'],
    ['in another spelling', 'api:\n  prometheus:\n    token: abc-def\n'],
    ['of a database', 'app:\n  database_url: postgres://u:abc-def@h/n\n'],
    ['behind an anchor', 'x-any: &k abc-def\nmonitoring:\n  token: *k\n'],
    [
      'merged in',
      'x-base: &b {url: http://a, api_key: abc-def}\nmodels: [{name: a, endpoints: [{<<: *b}]}]\n',
    ],
    ['under an unknown name', 'app:\n  secretkey: abc-def\n  my_api_key: abc-def\n'],
    ['in a comment', 'app:\n  #secret_key: abc-def\n  # {url: x, api_key: "abc-def"}\n  name: x\n'],
    ['in an address', 'x: http://u:abc-def@h/\n# postgres://u:abc-def@h/n\n'],
    ['in a broken file', 'app:\n  secret_key: abc-def\n bad: [\n'],
    [
      'over lines of a comment',
      'app:\n  # previous_encryption_keys:\n  #   - abc-def\n  name: x\n',
    ],
    ['in a list in a comment', 'app:\n  # previous_secret_keys: [\n  #   abc-def ]\n  name: x\n'],
    ['in a list of a broken file', 'app:\n  encryption_keys:\n    - abc-def\n  bad: [\n'],
    ['in a list at the edge of a broken file', 'encryption_keys:\n- abc-def\nbad: [\n'],
    ['where a key is written twice', 'app:\n  secret_key: >-\n    abc-def\nx: 1\nx: 2\n'],
    ['below a comment in a broken file', 'encryption_keys:\n  # new\n\n  - abc-def\nbad: [\n'],
    ['on the next line of a broken file', 'app:\n  secret_key:\n    abc-def\nbad: [\n'],
    ['behind a comma in a broken file', 'app:\n  secret_key: x,abc-def y\nbad: [\n'],
    ['behind an anchor in a broken file', 'app:\n  secret_key: &k abc-def\nbad: [\n'],
    ['in JSON in a broken file', 'models: [{"name":"a","api_key":"abc-def"}]\nbad: [\n'],
    ['in an open quote', 'oauth2:\n  client_secret: "abc-def\n  client_id: x\n'],
    ['without a space, in a broken file', 'app:\n\tsecret_key:abc-def\n'],
    ['as a list of one', 'app:\n  previous_encryption_keys: abc-def\n'],
    ['where no text may stand', 'app:\n  secret_key: {a: abc-def}\n'],
    ['with other line ends', 'app:\r\n  secret_key: abc-def\r\n  port: 1\r\n'],
    ['behind a mark of byte order', '\uFEFFapp:\n  secret_key: abc-def\n'],
  ])('hide one that stands %s', (_where, text) => {
    expect(masked(text)).not.toContain('abc-def');
  });

  it('hide copies of a long one anywhere', () => {
    const text =
      'app:\n  name: abc-def-ghi-jkl\n  secret_key: abc-def-ghi-jkl\n# was abc-def-ghi-jkl\n';
    expect(masked(text)).not.toContain('abc-def-ghi-jkl');
  });

  it('leave what is no secret alone', () => {
    const text = readFileSync('config.yaml.example', 'utf8');
    const lines = masked(text).split('\n');
    const changed = text.split('\n').filter((line, index) => line !== lines[index]);
    const names = changed.map((line) => /[\w-]+(?=:)/.exec(line)![0]);
    expect([...new Set(names)]).toEqual([
      'secret_key',
      'previous_secret_keys',
      'encryption_key',
      'api_key_secret',
      'previous_encryption_keys',
      'postgres',
      'database_url',
      'url',
      'client_secret',
      'api_key',
      'token',
    ]);
  });

  it('leave comments around a secret alone, in a broken file too', () => {
    const text = 'app:\n  # first\n  secret_key: abc\n  # second\n  name: Lumen # third\nbad: [\n';
    const shown = masked(text);
    for (const each of ['first', 'second', 'name: Lumen # third']) expect(shown).toContain(each);
  });

  it('follow a secret when its list is put in another order', () => {
    const one = '- {url: http://a, api_key: one-1}';
    const two = '- {url: http://b, api_key: two-2}';
    const list = (...items: string[]) =>
      `models:\n  - name: a\n    endpoints:\n      ${items.join('\n      ')}\n`;
    const hidden = masks.mask(list(one, two));
    const [first, second] = hidden.text
      .split('\n')
      .slice(3, 5)
      .map((line) => line.trim());
    const swapped = masks.unmask(list(second!, first!), hidden.secrets);
    expect(swapped).toEqual({ ok: true, text: list(two, one) });
  });

  it.each([
    ['shown', 'app:\n  tagline: MASK\n  secret_key: MASK\n'],
    ['put into a comment', '# MASK\napp:\n  secret_key: MASK\n'],
    ['sent to a backend', 'models: [{name: a, endpoints: [{url: http://evil, api_key: MASK}]}]\n'],
    ['made part of something', 'app:\n  name: xMASKx\n'],
    ['anchored to be shown', 'app:\n  secret_key: &k MASK\n  tagline: *k\n'],
  ])('do not let one be %s', (_how, draft) => {
    const hidden = masks.mask('app:\n  secret_key: abc\n');
    const mask = [...hidden.secrets.keys()][0]!;
    const result = masks.unmask(draft.replaceAll('MASK', mask), hidden.secrets);
    if (result.ok) expect(masks.mask(result.text).text).not.toContain('abc');
    else expect(result.refused).toEqual([mask]);
  });

  it('refuse a mask of nothing', () => {
    const draft = 'app:\n  secret_key: <secret:0123456789abcdef>\n';
    expect(masks.unmask(draft, new Map()).ok).toBe(false);
  });

  it('differ by installation and by kind of place', () => {
    const text = 'app:\n  secret_key: abc\n  encryption_key: abc\n';
    const [one, two] = [...masks.mask(text).secrets.keys()];
    expect(one).not.toBe(two);
    expect([...new SecretMasks('another').mask(text).secrets.keys()]).not.toContain(one);
  });

  it.each([
    [
      'a bomb of aliases',
      `a: &a [x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &b${i} [${`*${i ? `b${i - 1}` : 'a'},`.repeat(9)}]`).join('\n')}\n`,
    ],
    ['deep nesting', `a: ${'['.repeat(5000)}`],
    ['a long line of names', `#${'token: '.repeat(20_000)}`],
    ['an unending quote', `token: "${'\\'.repeat(200_000)}`],
    ['names of prototypes', 'constructor: {prototype: {token: x}}\n__proto__: {token: y}\n'],
  ])('are soon done with %s', (_what, text) => {
    const before = process.cpuUsage();
    masks.mask(text);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  });
});
