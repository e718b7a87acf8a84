import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ClockService } from '../../server/src/infrastructure/clock/clock.service.js';
import { type FinishedSpan } from '../../server/src/infrastructure/telemetry/finished-span.js';
import { TracesService } from '../../server/src/infrastructure/telemetry/traces.service.js';
import { OtlpCollector } from '../support/otlp-collector.js';

const SETTINGS = { serviceName: 'lumen', sampleRatio: 1 };

function spanOf(traceId: string): FinishedSpan {
  const startMs = 1_772_366_400_000.25;
  return {
    name: 'work',
    kind: 'server',
    traceId,
    spanId: '00f067aa0ba902b7',
    parentSpanId: null,
    isParentRemote: false,
    startMs,
    endMs: startMs + 1_500.5,
    attributes: { text: 'a', whole: 7, part: 0.5, yes: true },
    error: 'broken',
  };
}

describe('TracesService', () => {
  it('traces nothing without a collector', async () => {
    const traces = new TracesService(new ClockService());
    await traces.start({ ...SETTINGS, otlpEndpoint: null });
    expect(traces.begin({})).toBeNull();
    traces.add(spanOf('4bf92f3577b34da6a3ce929d0e0e4736'));
    await traces.onApplicationShutdown();
  });

  it.each([1, 0])('samples traces that begin here by the share %d', async (sampleRatio) => {
    await using collector = await OtlpCollector.start();
    const traces = new TracesService(new ClockService());
    await traces.start({ ...SETTINGS, otlpEndpoint: collector.url, sampleRatio });
    expect(traces.begin({})!.isSampled).toBe(sampleRatio === 1);
    await traces.onApplicationShutdown();
    expect(traces.begin({})).toBeNull();
  });

  it('tells a collector what a span says', async () => {
    await using collector = await OtlpCollector.start();
    const traces = new TracesService(new ClockService());
    await traces.start({ ...SETTINGS, otlpEndpoint: `${collector.url}/v1/traces` });
    const span = spanOf('4bf92f3577b34da6a3ce929d0e0e4736');
    traces.add(span);
    await traces.onApplicationShutdown();
    expect(collector.spans).toEqual([
      {
        service: 'lumen',
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: '',
        name: 'work',
        kind: 'server',
        startMs: span.startMs,
        endMs: span.endMs,
        attributes: span.attributes,
        isError: true,
      },
    ]);
  });

  it('keeps no more than its queue holds while a collector does not answer', async () => {
    Logger.overrideLogger(false);
    await using collector = await OtlpCollector.start();
    collector.status = null;
    const traces = new TracesService(new ClockService());
    await traces.start({ ...SETTINGS, otlpEndpoint: collector.url });
    const span = spanOf('4bf92f3577b34da6a3ce929d0e0e4736');
    for (let count = 0; count < 50_000; count += 1) traces.add(span);
    collector.status = 200;
    await traces.onApplicationShutdown();
    expect(collector.spans.length).toBeGreaterThan(0);
    expect(collector.spans.length).toBeLessThan(10_000);
  });
});
