import { describe, expect, it } from '@jest/globals';
import { type JsonElement, JsonElements, NotJsonError } from './json-elements.js';

const LIMITS = { mostBytes: 1_000, mostDepth: 10 };

function read(text: string | Buffer, size = 1_000_000): (string | null)[] {
  const bytes = Buffer.from(text);
  const elements = new JsonElements(LIMITS);
  const found: JsonElement[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    found.push(...elements.push(bytes.subarray(at, at + size)));
  }
  found.push(...elements.end());
  expect(found.map(({ place }) => place)).toEqual(found.map((_, index) => index + 1));
  return found.map((element) =>
    element.kind === 'text' ? element.bytes.toString() : `! ${element.reason}`,
  );
}

describe('taking JSON apart', () => {
  it.each<[string, string[]]>([
    ['[{"a":1},{"b":[2,{"c":3}]}]', ['{"a":1}', '{"b":[2,{"c":3}]}']],
    ['  {"a":"]}\\"\\\\"} ', ['{"a":"]}\\"\\\\"}']],
    [
      '[ 1 , "x,]" ,null,[{}],{"ü🙂":"\\u0000"} ]',
      ['1 ', '"x,]" ', 'null', '[{}]', '{"ü🙂":"\\u0000"}'],
    ],
    ['[]', []],
    ['\ufeff[{}]', ['{}']],
    ['[{}] {"ignored":1}', ['{}']],
    ['{} {"ignored":1}', ['{}']],
    ['[{"a":1},{"b":', ['{"a":1}', '! the file ends in the middle of it']],
    ['[{"a":"', ['! the file ends in the middle of it']],
    [`[${'['.repeat(20)}${']'.repeat(20)},{}]`, ['! it is nested too deeply', '{}']],
    [`[{"a":"${'x'.repeat(2_000)}"},{}]`, ['! it is too large', '{}']],
  ])('%s', (text, elements) => {
    for (const size of [1, 2, 7, 1_000_000]) expect(read(text, size)).toEqual(elements);
  });

  it.each(['', '  \n', 'PK\u0003\u0004', '<html>', '"text"', '123', ']'])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(NotJsonError);
  });
});
