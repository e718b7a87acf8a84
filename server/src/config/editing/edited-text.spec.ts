import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { editedText } from './edited-text.js';

const example = readFileSync('config.yaml.example', 'utf8');

/** Lines of each text that the other has not, in order. */
function changedLines(before: string, after: string): { gone: string[]; came: string[] } {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return { gone: a.slice(start, a.length - end), came: b.slice(start, b.length - end) };
}

const edit = (path: (string | number)[], value: unknown, text = example) =>
  changedLines(text, editedText(text, [{ path, value }]));

describe('a text that is edited', () => {
  it('changes one word and leaves the comment behind it', () => {
    expect(edit(['app', 'debug'], true, 'app:\n  debug: false   # why\n  # end\n')).toEqual({
      gone: ['  debug: false   # why'],
      came: ['  debug: true   # why'],
    });
  });

  it('keeps the quotes a person chose', () => {
    const { came } = edit(['app', 'name'], "It's 5", "app: # c\n  'name': 'X' # n\n");
    expect(came).toEqual(["  'name': 'It''s 5' # n"]);
  });

  it('puts a new key behind its own commented line', () => {
    const { gone, came } = edit(['upstream', 'timeouts', 'idle_s'], 61);
    expect({ gone, came }).toEqual({ gone: [], came: ['    idle_s: 61'] });
    const lines = editedText(example, [
      { path: ['upstream', 'timeouts', 'idle_s'], value: 61 },
    ]).split('\n');
    expect(lines[lines.indexOf('    idle_s: 61') - 1]).toBe('    #idle_s: 60');
  });

  it('makes the sections a key needs', () => {
    expect(edit(['chat', 'upload', 'max_files'], 3, 'app:\n  name: x')).toMatchObject({
      came: expect.arrayContaining(['chat:', '  upload:', '    max_files: 3']),
    });
    expect(edit(['app', 'database', 'pool_size'], 3, 'app:\n  name: x\nchat:\n').came).toEqual([
      '  database:',
      '    pool_size: 3',
    ]);
  });

  it('writes where the file has it, in its spelling', () => {
    const text =
      'app:\n  database_url: sqlite:///a.db # here\nmodels:\n  - name: a\n    active: true\n';
    expect(edit(['app', 'database', 'url'], 'sqlite:///b.db', text).came).toEqual([
      '  database_url: sqlite:///b.db # here',
    ]);
    expect(edit(['models', 0, 'disabled'], true, text).came).toEqual(['    active: false']);
    const old = 'groups:\n  a:\n    pool:\n      max: 5\n    model_access:\n      whitelist: [x]\n';
    expect(edit(['groups', 'a', 'max'], 6, old).came).toEqual(['      max: 6']);
    expect(edit(['groups', 'a', 'model_access', 'allowed'], ['x', 'z'], old).came).toEqual([
      '      whitelist: [x, z]',
    ]);
  });

  it('arranges a list with everything that belongs to its items', () => {
    const text =
      'models:\n  - name: a # first\n    # of a\n    description: A\n  # about b\n  - name: b\n    url: http://b/\n  # end\nchat:\n';
    const b = { name: 'b', url: 'http://b' };
    const edited = editedText(text, [
      { path: ['models'], value: [b, { name: 'a', description: 'AA' }, { name: 'c' }] },
    ]);
    expect(edited).toBe(
      'models:\n  # about b\n  - name: b\n    url: http://b/\n  - name: a # first\n    # of a\n    description: AA\n  - name: c\n  # end\nchat:\n',
    );
    const less = editedText(text, [{ path: ['models'], value: [b] }]);
    expect(less).toBe('models:\n  # about b\n  - name: b\n    url: http://b/\n  # end\nchat:\n');
  });

  it('removes a key, the first of an item and the last of a section included', () => {
    const text = 'groups:\n  a:\n    max: 1 # c\n    refresh: 2\n  b:\n    max: 1\n';
    expect(edit(['groups', 'a', 'max'], null, text)).toEqual({
      gone: ['    max: 1 # c'],
      came: [],
    });
    expect(edit(['groups', 'b', 'max'], null, text).gone).toEqual(['    max: 1']);
    expect(edit(['groups', 'a'], null, text).gone).toHaveLength(3);
    const items = 'models:\n  - disabled: true\n    name: x\n';
    expect(edit(['models', 0, 'disabled'], null, items).came).toEqual(['  - name: x']);
  });

  it('renames an entry in its place', () => {
    const text = 'groups:\n  a: # c\n    max: 1\n  b:\n    max: 2\n';
    const edited = editedText(text, [
      { path: ['groups', 'a'], name: 'staff of 5' },
      { path: ['groups', 'staff of 5', 'max'], value: 3 },
    ]);
    expect(edited).toBe('groups:\n  "staff of 5": # c\n    max: 3\n  b:\n    max: 2\n');
  });

  it('writes a mapping in braces anew, as a whole', () => {
    const text = 'groups:\n  a:\n    x: {max: 1, refresh: 2} # c\n';
    expect(edit(['groups', 'a', 'x', 'max'], 5, text).came).toEqual([
      '    x: {max: 5, refresh: 2} # c',
    ]);
  });

  it('opens a shorthand', () => {
    const text = 'app:\n  dev_user: a@b.edu\n';
    expect(edit(['app', 'dev_user', 'groups'], ['x'], text).came.join('\n')).toContain(
      'email: a@b.edu',
    );
  });

  it('keeps line ends of another system', () => {
    const edited = editedText('app:\r\n  name: x\r\n', [{ path: ['app', 'port'], value: 1 }]);
    expect(edited).toBe('app:\r\n  name: x\r\n  port: 1\r\n');
  });
});
