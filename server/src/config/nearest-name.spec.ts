import { describe, expect, it } from '@jest/globals';
import { nearestName } from './nearest-name.js';

const KNOWN = [
  'max',
  'refresh',
  'starting',
  'rules',
  'model_access',
  'input_cost_per_million',
  'input_modalities',
];

describe('nearestName', () => {
  it.each([
    ['refesh', 'refresh'],
    ['rfeersh', 'refresh'],
    ['Max', 'max'],
    ['modelAccess', 'model_access'],
    ['model-acess', 'model_access'],
    ['input_cost_per_milion', 'input_cost_per_million'],
    ['input_cost', 'input_cost_per_million'],
  ])('%s probably means %s', (name, expected) => {
    expect(nearestName(name, KNOWN)).toBe(expected);
  });

  it.each(['colour', 'input', 'xyz', '', 'm'.repeat(10_000)])(
    'nothing is near to %.20s',
    (name) => {
      expect(nearestName(name, KNOWN)).toBeUndefined();
    },
  );
});
