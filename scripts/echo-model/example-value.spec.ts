import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exampleObject, exampleValue } from './example-value.ts';

const node = { $ref: '#/$defs/node' };

describe('exampleValue', () => {
  it.each<[string, unknown, unknown]>([
    ['a string', { type: 'string' }, 'hello'],
    ['a short string', { type: 'string', maxLength: 3 }, 'hel'],
    ['a long string', { type: 'string', minLength: 7 }, 'helloxx'],
    ['a date', { type: 'string', format: 'date' }, '2026-01-01'],
    ['an enum', { enum: ['celsius', 'kelvin'] }, 'celsius'],
    ['a constant', { const: null }, null],
    ['a default', { type: 'integer', default: 7 }, 7],
    ['an integer', { type: 'integer' }, 1],
    ['a bounded integer', { type: 'integer', minimum: 10, maximum: 20 }, 10],
    ['an integer below an open bound', { type: 'integer', exclusiveMaximum: 0 }, -1],
    ['a multiple', { type: 'integer', minimum: 7, multipleOf: 5 }, 10],
    ['a multiple below a bound', { type: 'integer', minimum: 3, maximum: 9, multipleOf: 5 }, 5],
    ['a number', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.5],
    ['a boolean', { type: 'boolean' }, true],
    ['a nullable type', { type: ['null', 'integer'] }, 1],
    ['a list', { type: 'array', items: { type: 'integer' }, minItems: 2 }, [1, 1]],
    ['an empty list', { type: 'array', maxItems: 0 }, []],
    ['a tuple', { type: 'array', prefixItems: [{ type: 'integer' }, {}] }, [1, 'hello']],
    ['a choice', { anyOf: [{ type: 'integer' }, { type: 'string' }] }, 1],
    ['a reference', { $ref: '#/$defs/a~1b', $defs: { 'a/b': { const: 3 } } }, 3],
    ['a reference to nowhere', { $ref: '#/$defs/none' }, 'hello'],
    ['a schema without a word', {}, 'hello'],
    ['no schema', undefined, 'hello'],
  ])('%s', (_name, schema, expected) => {
    expect(exampleValue(schema, 'hello')).toEqual(expected);
  });

  it('fills in what an object requires, or everything if it requires nothing', () => {
    const properties = { a: { type: 'integer' }, b: { type: 'boolean' } };
    expect(exampleValue({ type: 'object', properties, required: ['b'] }, '')).toEqual({ b: true });
    expect(exampleValue({ properties }, '')).toEqual({ a: 1, b: true });
  });

  it('joins the parts of allOf', () => {
    const schema = {
      $defs: { base: { properties: { a: { const: 1 } }, required: ['a'] } },
      allOf: [{ $ref: '#/$defs/base' }, { properties: { b: { const: 2 } }, required: ['b'] }],
    };
    expect(exampleValue(schema, '')).toEqual({ a: 1, b: 2 });
  });

  it('ends a schema that contains itself', () => {
    const tree = {
      type: 'object',
      properties: { next: node, list: { type: 'array', items: node } },
    };
    const value = exampleValue({ ...node, $defs: { node: tree } }, 'x');
    expect(JSON.stringify(value).length).toBeLessThan(2_000);
  });

  it('ends a schema that cannot be fulfilled', () => {
    const endless = { type: 'object', properties: { a: node, b: node }, required: ['a', 'b'] };
    const value = exampleValue({ ...node, $defs: { node: endless } }, 'x');
    expect(JSON.stringify(value).length).toBeLessThan(100_000);
    expect(exampleValue({ $ref: '#' }, 'x')).toBeNull();
  });

  it('makes something of any schema', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (schema) => {
        expect(typeof exampleObject(schema, 'x')).toBe('object');
      }),
    );
  });
});
