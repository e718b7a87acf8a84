import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatPath, parsePath, touches } from './paths.js';

describe('paths', () => {
  it.each([
    [['models', 0, 'endpoints', 1, 'url'], 'models[0].endpoints[1].url'],
    [['users', 'a.b@c.edu', 'max'], 'users["a.b@c.edu"].max'],
    [['groups', 'uic-staff', 'llama3.2'], 'groups.uic-staff["llama3.2"]'],
    [[], ''],
  ])('%j is spelled %s', (path, text) => {
    expect(formatPath(path)).toBe(text);
  });

  it('are the same after formatting and parsing', () => {
    const part = fc.oneof(fc.string(), fc.nat(), fc.constantFrom('app', 'a"]b', 'x.y', '\\'));
    fc.assert(
      fc.property(fc.array(part), (path) => {
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });

  it.each(['a..b', '[', 'a b', 'a[x]', '.'])('%j is no path', (text) => {
    expect(parsePath(text)).toEqual([]);
  });
});

describe('touches', () => {
  it.each([
    ['groups.staff.max', 'groups', true],
    ['groups.staff.max', 'groups.staff.max', true],
    ['groups.staff', 'groups.staff.max', true],
    ['groups.staff.max', 'groups.students', false],
    ['groups.staff', 'groups.staffing', false],
    ['models["gpt-4o"].disabled', 'models', true],
  ])('a change at %s concerns %s: %s', (changed, path, expected) => {
    expect(touches([changed], path)).toBe(expected);
  });
});
