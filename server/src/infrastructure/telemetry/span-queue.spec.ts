import { describe, expect, it } from '@jest/globals';
import { tracesUrl } from './span-queue.js';

describe('tracesUrl', () => {
  it.each([
    ['http://collector:4318', 'http://collector:4318/v1/traces'],
    ['http://collector:4318/', 'http://collector:4318/v1/traces'],
    ['https://host/otlp/', 'https://host/otlp/v1/traces'],
    ['https://host/otlp/v1/traces', 'https://host/otlp/v1/traces'],
    ['https://host/otlp?tenant=1', 'https://host/otlp/v1/traces?tenant=1'],
  ])('of %s is %s', (endpoint, url) => {
    expect(tracesUrl(endpoint)).toBe(url);
  });
});
