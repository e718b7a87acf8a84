import { describe, expect, it } from '@jest/globals';
import { type CatalogueEntry, type ModelStatus } from '../models/index.js';
import { InferenceHealthDto } from './inference-health.dto.js';

const modelsThatAre = (...statuses: ModelStatus[]) =>
  statuses.map((status) => ({ entry: { id: 'm' } as CatalogueEntry, status, endpoints: [] }));

describe('InferenceHealthDto', () => {
  it.each<[ModelStatus, ModelStatus[]]>([
    ['ok', []],
    ['ok', ['ok', 'ok']],
    ['degraded', ['ok', 'degraded']],
    ['degraded', ['degraded']],
    ['degraded', ['ok', 'down']],
    ['degraded', ['degraded', 'down']],
    ['down', ['down', 'down']],
  ])('is %s where models are %j', (status, statuses) => {
    const count = (wanted: ModelStatus) => statuses.filter((one) => one === wanted).length;
    expect(InferenceHealthDto.of(modelsThatAre(...statuses), false)).toEqual({
      status,
      models: {
        total: statuses.length,
        ok: count('ok'),
        degraded: count('degraded'),
        down: count('down'),
      },
    });
  });

  it('has details of every model when they are asked for', () => {
    const { details } = InferenceHealthDto.of(modelsThatAre('ok', 'down'), true);
    expect(details?.map(({ status }) => status)).toEqual(['ok', 'down']);
  });
});
