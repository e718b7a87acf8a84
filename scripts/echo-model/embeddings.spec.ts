import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { embed, embeddings } from './embeddings.ts';

const product = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, at) => sum + x * b[at]!, 0);
const vectorsOf = (answer: object) =>
  (answer as { data: { embedding: unknown }[] }).data.map(({ embedding }) => embedding);

describe('embeddings', () => {
  it('are unit vectors of the dimensions asked for, the same each time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 64 }),
        (text, dimensions) => {
          const vector = embed(text, dimensions);
          expect(vector).toHaveLength(dimensions);
          expect(product(vector, vector)).toBeCloseTo(1, 5);
          expect(embed(text, dimensions)).toEqual(vector);
        },
      ),
    );
  });

  it('lie near each other if texts share words', () => {
    const [cat, kitten, tax] = ['The cat sleeps', 'the cat plays', 'income tax form'].map((text) =>
      embed(text, 512),
    );
    expect(product(cat!, kitten!)).toBeGreaterThan(product(cat!, tax!) + 0.3);
  });

  it('tell texts of the same words apart', () => {
    expect(embed('a b', 512)).not.toEqual(embed('b a', 512));
  });

  it('keep their values across versions', () => {
    const places = [...embed('Lumen', 8)].map((value) => Math.round(value * 1000));
    expect(places).toMatchInlineSnapshot(`
      [
        -109,
        546,
        0,
        436,
        0,
        -436,
        546,
        109,
      ]
    `);
  });

  it('come as base64 with the same numbers', () => {
    const body = { input: ['one', 'two'], dimensions: 16 };
    const floats = vectorsOf(embeddings({ ...body, encoding_format: 'float' })) as number[][];
    const texts = vectorsOf(embeddings({ ...body, encoding_format: 'base64' })) as string[];
    const decoded = texts.map((text) => {
      const bytes = Buffer.from(text, 'base64');
      return Array.from({ length: 16 }, (_, at) => bytes.readFloatLE(at * 4));
    });
    expect(decoded).toEqual(floats);
  });

  it.each<[string, unknown, number, number]>([
    ['a text', 'eight ch', 1, 2],
    ['texts', ['eight ch', 'four'], 2, 3],
    ['an empty text', '', 1, 0],
    ['tokens', [1, 2, 3], 1, 3],
    ['lists of tokens', [[1, 2], [3]], 2, 3],
  ])('of %s', (_name, input, count, tokens) => {
    const answer = embeddings({ input });
    expect(vectorsOf(answer)).toHaveLength(count);
    expect(vectorsOf(answer)[0]).toHaveLength(1536);
    expect(answer.usage).toEqual({ prompt_tokens: tokens, total_tokens: tokens });
  });

  it.each<[object, string]>([
    [{}, 'input'],
    [{ input: [] }, 'input'],
    [{ input: [{}] }, 'input'],
    [{ input: [1.5] }, 'input'],
    [{ input: Array.from({ length: 2049 }, () => 'x') }, 'input'],
    [{ input: 'x', dimensions: 0 }, 'dimensions'],
    [{ input: 'x', dimensions: 1e9 }, 'dimensions'],
    [{ input: 'x', encoding_format: 'xml' }, 'encoding_format'],
  ])('refuse %j', (body, param) => {
    expect(() => embeddings({ ...body })).toThrow(expect.objectContaining({ status: 400, param }));
  });
});
