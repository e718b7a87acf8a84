import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
}

const DOCUMENT = new URL('../../docs/openapi.json', import.meta.url);

describe('the description of the API', () => {
  it('has a parameter for each part of a path that varies', async () => {
    const { paths } = JSON.parse(await readFile(DOCUMENT, 'utf8')) as {
      paths: Record<string, Record<string, Operation>>;
    };
    const wrong = Object.entries(paths).flatMap(([path, operations]) => {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      return Object.values(operations)
        .filter(({ parameters = [] }) => {
          const told = parameters.filter((each) => each.in === 'path').map(({ name }) => name);
          return told.sort().join() !== inPath.join();
        })
        .map(({ operationId }) => operationId);
    });
    expect(wrong).toEqual([]);
  });
});
