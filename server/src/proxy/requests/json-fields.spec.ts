import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyEdits, fieldsWithin, insertField, topLevelFields } from './json-fields.js';

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

describe('applyEdits', () => {
  const json = Buffer.from('{ "seed": 9007199254740993, "model":"a", "o": { "x" : 1 }, "e":{ } }');
  const spanOf = (key: string) => topLevelFields(json).find((field) => field.key === key)!;

  it('changes single values and no other byte, in whatever order they are named', () => {
    const { start, end } = spanOf('model');
    const [inner] = fieldsWithin(json, spanOf('o'));
    const edits = [
      { start: inner!.start, end: inner!.end, text: '2' },
      { start, end, text: '"longer"' },
    ];
    expect(applyEdits(json, edits).toString()).toBe(
      '{ "seed": 9007199254740993, "model":"longer", "o": { "x" : 2 }, "e":{ } }',
    );
  });

  it('answers the very same bytes when nothing changes', () => {
    expect(applyEdits(json, [])).toBe(json);
  });

  it.each([
    [0, '{"new":1, "seed"'],
    [spanOf('o').start, '"o": {"new":1, "x"'],
    [spanOf('e').start, '"e":{"new":1 }'],
  ])('puts a field into the object at %i', (from, expected) => {
    const changed = applyEdits(json, [insertField(json, from, '"new":1')]).toString();
    expect(changed).toContain(expected);
    expect(JSON.parse(changed)).toBeTruthy();
  });
});
