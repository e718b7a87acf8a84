import { describe, expect, it } from '@jest/globals';
import { readTraceparent, RequestTrace } from './request-trace.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('readTraceparent', () => {
  it.each([
    ['sampled', `00-${TRACE}-${SPAN}-01`, true],
    ['not sampled', `00-${TRACE}-${SPAN}-00`, false],
    ['with flags that came later', `00-${TRACE}-${SPAN}-03`, true],
    ['of a later version, with more behind it', `01-${TRACE}-${SPAN}-01-more`, true],
  ])('reads one that is %s', (_what, header, isSampled) => {
    expect(readTraceparent(header)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled });
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['in capitals', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['of a trace without an id', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['of a span without an id', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['of the forbidden version', `ff-${TRACE}-${SPAN}-01`],
    ['longer than its version allows', `00-${TRACE}-${SPAN}-01-more`],
    ['sent twice', `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`],
  ])('overlooks one that is %s', (_what, header) => {
    expect(readTraceparent(header)).toBeNull();
  });
});

describe('RequestTrace', () => {
  it('goes on with the trace of the caller, and hands its state on', () => {
    const headers = { traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'vendor=1' };
    const trace = RequestTrace.begin(headers, 0);
    expect(trace).toMatchObject({ traceId: TRACE, parentSpanId: SPAN, isSampled: true });
    expect(trace.headersFor('00000000000000aa')).toEqual({
      traceparent: `00-${TRACE}-00000000000000aa-01`,
      tracestate: 'vendor=1',
    });
  });

  it('begins one where there is none, sampled as configured', () => {
    const trace = RequestTrace.begin({ tracestate: 'vendor=1' }, 0);
    expect(trace).toMatchObject({ parentSpanId: null, isSampled: false, state: null });
    expect(trace.headersFor(trace.spanId)).toEqual({
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    });
    expect(RequestTrace.begin({}, 1).isSampled).toBe(true);
  });

  it('does not hand on a state of any length', () => {
    const traceparent = `00-${TRACE}-${SPAN}-01`;
    expect(RequestTrace.begin({ traceparent, tracestate: 'x'.repeat(513) }, 1).state).toBeNull();
  });
});
