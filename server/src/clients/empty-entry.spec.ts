import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '../config/index.js';
import { isEmptyEntry } from './empty-entry.js';

function isEmpty(entry: string): boolean {
  const text = `
app:
  secret_key: a-secret-key-of-at-least-32-characters
  encryption_key: an-encryption-key-of-32-characters-or-more
groups: { staff: }
models:
  - { name: m, input_cost_per_million: 0, output_cost_per_million: 0, endpoints: [{ url: http://a.example/v1, api_key: k }] }
clients:
  bot: ${entry}
`;
  const loaded = loadConfiguration({ text, env: {} });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  return isEmptyEntry(loaded.config.clients['bot']!);
}

describe('isEmptyEntry', () => {
  it.each([
    '',
    'null',
    '{}',
    '{ groups: }',
    '{ groups: [] }',
    '{ model_access: }',
    '{ model_access: { allowed: [], blocked: } }',
    '{ pool: }',
    '{ default: }',
    '{ unknown: 1 }',
  ])('of %j is true', (entry) => {
    expect(isEmpty(entry)).toBe(true);
  });

  it.each([
    '{ description: Reads papers }',
    '{ disabled: true }',
    '{ active: false }',
    '{ groups: [staff] }',
    '{ default_model: m }',
    '{ max: 0 }',
    '{ pool: { max: 1 } }',
    '{ default: { max: 10 } }',
    '{ m: { max: 10 } }',
    '{ model_access: { default: whitelist } }',
    '{ model_access: { whitelist: [m] } }',
    '{ model_access: { graylist: [m] } }',
    '{ model_access: { blocked: [m] } }',
  ])('of %j is false', (entry) => {
    expect(isEmpty(entry)).toBe(false);
  });
});
