import { describe, expect, it } from 'vitest';

import { changesBetween, formatPath, withName, withValue } from './draft-values';

describe('values of a draft', () => {
  const values = { app: { port: 1 }, models: [{ name: 'a' }], groups: { x: { max: 1 }, y: {} } };

  it('are changed without touching what was there', () => {
    expect(withValue(values, ['app', 'name'], 'N')).toEqual({
      ...values,
      app: { port: 1, name: 'N' },
    });
    expect(withValue(values, ['models', 0, 'name'], 'b')).toMatchObject({
      models: [{ name: 'b' }],
    });
    expect(withValue(values, ['app', 'port'], undefined)).toMatchObject({ app: {} });
    expect(values.app).toEqual({ port: 1 });
  });

  it('are renamed in their place', () => {
    const renamed = withName(values, ['groups', 'x'], 'z') as typeof values;
    expect(Object.keys(renamed.groups)).toEqual(['z', 'y']);
  });

  it('differ key by key, lists as a whole', () => {
    const after = { app: { port: 2 }, models: [{ name: 'b' }], groups: { x: { max: 1 }, w: {} } };
    expect(changesBetween(values, after)).toEqual([
      { path: ['app', 'port'], value: 2 },
      { path: ['models'], value: [{ name: 'b' }] },
      { path: ['groups', 'y'], value: null },
      { path: ['groups', 'w'], value: {} },
    ]);
  });

  it('have paths as the server writes them', () => {
    expect(formatPath(['models', 0, 'name'])).toBe('models[0].name');
    expect(formatPath(['users', 'a@b.edu', 'max'])).toBe('users["a@b.edu"].max');
  });
});
