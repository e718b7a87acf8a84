import { describe, expect, it } from '@jest/globals';
import { DeltaSink } from './delta-sink.js';

describe('a failure in a stream', () => {
  it.each([
    ['budget_exceeded', 'budget_exceeded'],
    ['toString', 'upstream_error'],
    ['constructor', 'upstream_error'],
    ['of another world', 'upstream_error'],
  ])('with the code %s is one of ours: %s', (said, code) => {
    const sink = new DeltaSink(() => undefined, new AbortController().signal);
    sink.start(200, { 'content-type': 'text/event-stream' });
    sink.write(Buffer.from(`data: {"error":{"code":"${said}","message":"No."}}\n\n`));
    expect(sink.failure).toEqual({ code, message: 'No.' });
  });
});
