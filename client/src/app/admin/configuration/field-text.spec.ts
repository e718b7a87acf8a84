import { describe, expect, it } from 'vitest';

import { type ConfigurationField } from '../../core/api/schema';
import { isLong, labelOf, matches, readTyped, typedOf } from './field-text';

const field = (facts: Partial<ConfigurationField>) =>
  ({
    name: 'a',
    kind: 'text',
    doc: '',
    env: '',
    allowed: '',
    choices: [],
    fields: [],
    ...facts,
  }) as ConfigurationField;

describe('a field of the configuration', () => {
  it('has its key in words as its label', () => {
    expect(labelOf('first_token_s')).toBe('First token s');
    expect(labelOf('api_key_secret')).toBe('API key secret');
    expect(labelOf('oauth2')).toBe('OAuth2');
    expect(labelOf('')).toBe('');
  });

  it('is found by its key, its meaning and what is below it', () => {
    const inner = field({ name: 'pool_size', doc: 'Connections kept open.' });
    const outer = field({ name: 'database', kind: 'section', fields: [inner] });
    expect(matches(outer, 'kept OPEN')).toBe(true);
    expect(matches(outer, 'pool size')).toBe(true);
    expect(matches(outer, 'logo')).toBe(false);
  });

  it.each([
    ['number', ' 5 ', 5],
    ['number', '20 MB', '20 MB'],
    ['number', '', undefined],
    ['text', ' x ', 'x'],
    ['list', 'a\n\n b ', ['a', 'b']],
    ['any', 'true', true],
    ['any', '2', 2],
    ['any', '10.0.0.1, ::1', ['10.0.0.1', '::1']],
  ] as const)('of kind %s reads %j as %j', (kind, typed, value) => {
    expect(readTyped(field({ kind }), typed)).toEqual(value);
  });

  it('reads a choice as the word it is, and a secret to its last space', () => {
    expect(readTyped(field({ kind: 'choice', choices: [1, 2] }), '2')).toBe(2);
    expect(readTyped(field({ secret: true }), ' a ')).toBe(' a ');
  });

  it('shows lists line by line', () => {
    expect(typedOf(['a', 'b'])).toBe('a\nb');
    expect(typedOf(false)).toBe('false');
    expect(isLong(field({ allowed: 'a text of at most 2000 characters' }))).toBe(true);
  });
});
