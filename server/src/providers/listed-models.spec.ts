import { describe, expect, it } from '@jest/globals';
import { listedModels } from './listed-models.js';

const list = (...ids: unknown[]) => JSON.stringify({ data: ids.map((id) => ({ id })) });

describe('the models that a backend lists', () => {
  it.each([
    [list('b', 'a', 'b'), ['b', 'a']],
    [list('ok', 7, null, '', 'a\u0000b', 'x'.repeat(191)), ['ok']],
    ['{"data":[null,3,"x",[]]}', []],
    ['{"data":{}}', null],
    ['[]', null],
    ['null', null],
    ['<html>', null],
  ])('in %s are %j', (body, expected) => {
    expect(listedModels(body)).toEqual(expected);
  });

  it('are at most a thousand', () => {
    const many = Array.from({ length: 1500 }, (_, index) => `m${index}`);
    expect(listedModels(list(...many))).toHaveLength(1000);
  });
});
