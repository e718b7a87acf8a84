import { describe, expect, it } from '@jest/globals';
import { endOfJsonString, jsonExcess } from './json-scan.js';

const deep = (depth: number) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));

describe('jsonExcess', () => {
  it.each<[string, Buffer, RegExp | null]>([
    ['an ordinary body', Buffer.from('{"model":"m","messages":[{"role":"user"}]}'), null],
    ['what is as deep as may be', deep(500), null],
    ['what is deeper', deep(501), /nested more than 500/],
    ['brackets without an end', Buffer.from('['.repeat(100_000)), /nested/],
    ['brackets in a text', Buffer.from(JSON.stringify('['.repeat(10_000))), null],
    ['a text with quotes and brackets', Buffer.from(JSON.stringify('"[{'.repeat(5_000))), null],
    ['a list of many numbers', Buffer.from(`[${'1,'.repeat(2_000_000)}1]`), null],
    ['a million messages', Buffer.from(`[${'{},'.repeat(1_000_000)}{}]`), /more than 1000000/],
    ['a million texts', Buffer.from(`[${'"",'.repeat(1_000_000)}""]`), /more than 1000000/],
    ['a text without an end', Buffer.from('{"a'), null],
    ['nothing', Buffer.alloc(0), null],
  ])('of %s', (_what, json, reason) => {
    const excess = jsonExcess(json);
    if (reason === null) expect(excess).toBeNull();
    else expect(excess).toMatch(reason);
  });
});

describe('endOfJsonString', () => {
  const texts = ['', 'a', '"', '\\', '\\"', '\\\\'.repeat(100), '"'.repeat(300), 'ü'.repeat(63)];
  it.each([...texts, ...texts.map((text) => 'x'.repeat(61) + text + 'y'.repeat(200))])(
    'of %j',
    (text) => {
      const json = Buffer.from(`[${JSON.stringify(text)}, "next"]`);
      expect(json.toString('utf8', 1, endOfJsonString(json, 1))).toBe(JSON.stringify(text));
    },
  );

  it('is quick for a text of escaped quotes alone', () => {
    const json = Buffer.from(JSON.stringify('"'.repeat(5_000_000)));
    expect(endOfJsonString(json, 0)).toBe(json.length);
  });
});
