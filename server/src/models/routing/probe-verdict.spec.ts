import { describe, expect, it } from '@jest/globals';
import { readModelList } from '../metadata/read-model-list.js';
import { probeVerdict } from './probe-verdict.js';

const listing = (...ids: string[]) => readModelList({ data: ids.map((id) => ({ id })) });

describe('a health check', () => {
  it.each([
    [200, listing('m', 'other'), 'm', true, null],
    [200, listing('m:latest'), 'm', true, null],
    [200, listing('m'), 'm:latest', true, null],
    [200, listing('m:7b'), 'm', false, 'The backend does not list the model "m".'],
    [200, listing(), 'm', true, 'The backend lists no models.'],
    [200, null, 'm', true, 'What GET /models answered is not a list of models.'],
    [404, null, 'm', true, 'The backend works, but lists no models.'],
    [405, null, 'm', true, 'The backend works, but lists no models.'],
    [429, null, 'm', true, 'GET /models answered with the status 429.'],
    [401, null, 'm', false, 'The backend refuses the key (401).'],
    [403, null, 'm', false, 'The backend refuses the key (403).'],
    [500, null, 'm', false, 'GET /models answered with the status 500.'],
    [503, listing('m'), 'm', false, 'GET /models answered with the status 503.'],
  ])('with status %s and this list is judged (%#)', (status, list, model, isOk, detail) => {
    expect(probeVerdict({ kind: 'answered', status, list }, model)).toEqual({ isOk, detail });
  });

  it('without an answer has failed', () => {
    const answer = { kind: 'failed', why: 'Request timed out after 10s' } as const;
    expect(probeVerdict(answer, 'm')).toEqual({ isOk: false, detail: `${answer.why}.` });
  });
});
