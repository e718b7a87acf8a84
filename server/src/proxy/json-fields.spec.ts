import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { replaceValue, topLevelFields } from './json-fields.js';

const fieldsOf = (text: string) => {
  const json = Buffer.from(text);
  return topLevelFields(json).map(({ key, start, end }) => [
    key,
    json.toString('utf8', start, end),
  ]);
};

describe('topLevelFields', () => {
  it.each([
    ['{}', []],
    [' { } ', []],
    ['{"a":1}', [['a', '1']]],
    [
      '{"a" : null , "b":\n"x" }',
      [
        ['a', 'null'],
        ['b', '"x"'],
      ],
    ],
    [
      '{"a":"q\\"uote\\\\","b":[{"a":2,"c":"}]"}]}',
      [
        ['a', '"q\\"uote\\\\"'],
        ['b', '[{"a":2,"c":"}]"}]'],
      ],
    ],
    ['{"mod\\u0065l":"x"}', [['model', '"x"']]],
    [
      '{"a":1,"a":2}',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    [
      '{"ü":"ö","n":-1.5e+3}',
      [
        ['ü', '"ö"'],
        ['n', '-1.5e+3'],
      ],
    ],
    ['{"deep":[[[["]"]]]]}', [['deep', '[[[["]"]]]]']]],
  ])('of %j', (text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it('finds what JSON.parse finds, whatever the object and its spacing', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(4), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        const found = fieldsOf(text).map(([key, value]) => [key, JSON.parse(value!) as unknown]);
        expect(found).toEqual(Object.entries(JSON.parse(text) as object));
      }),
    );
  });
});

describe('replaceValue', () => {
  it('changes one value and no other byte', () => {
    const json = Buffer.from('{ "seed": 9007199254740993, "model":"a", "x": 1.0 }');
    const span = topLevelFields(json).find(({ key }) => key === 'model')!;
    expect(replaceValue(json, span, '"longer"').toString()).toBe(
      '{ "seed": 9007199254740993, "model":"longer", "x": 1.0 }',
    );
  });
});
