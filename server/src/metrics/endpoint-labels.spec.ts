import { describe, expect, it } from '@jest/globals';
import { type CatalogueEntry } from '../models/index.js';
import { endpointLabels } from './endpoint-labels.js';

function entryOf(...origins: string[]): CatalogueEntry {
  const endpoints = origins.map((origin, index) => ({ id: `e${index}`, origin }));
  return { id: 'house/"model"', endpoints } as unknown as CatalogueEntry;
}

describe('endpointLabels', () => {
  it('names endpoints by host and port, and counts those of one host', () => {
    const entry = entryOf('https://one.example', 'http://two:8000', 'https://one.example');
    const model = 'model="house/\\"model\\""';
    expect(endpointLabels(entry, 20)).toEqual([
      { id: 'e0', labels: `${model},endpoint="one.example"` },
      { id: 'e1', labels: `${model},endpoint="two:8000"` },
      { id: 'e2', labels: `${model},endpoint="one.example#2"` },
    ]);
  });

  it('has no more than there may be', () => {
    const origins = Array.from({ length: 30 }, (_, index) => `http://host:${index + 1}`);
    expect(endpointLabels(entryOf(...origins), 20)).toHaveLength(20);
  });
});
