import { type Dialect } from './databases.ts';
import { type Measurement } from './measure.ts';
import { type Comparison } from './rounds.ts';
import { type StreamsComparison } from './streams/compare.ts';

/** One line of the table. */
export interface Row {
  figure: string;
  relay: string;
  lumen: string;
  /** The ratio, or what is added, with the range over the pairs of rounds. */
  compared: string;
  /** Null: a figure to know, without a promise. */
  promise: { text: string; isMet: boolean } | null;
}

/** What Lumen promises (`docs/benchmarks.md`). */
const LEAST_RATIO = { sqlite: 0.5, postgres: 0.4 };
const MOST_ADDED_MS = { sqlite: 0.4, postgres: 1 };
const MOST_ADDED_TO_FIRST_TOKEN_MS = 1;
const MOST_KILOBYTES = 60;

/** The measurement beside the promises. */
export function rowsOf(dialect: Dialect, measurement: Measurement): Row[] {
  const { requestsPerSecond, latencyMs, firstTokenMs } = measurement;
  return [
    {
      figure: 'completions/s, 32 connections',
      relay: perSecond(requestsPerSecond.relay),
      lumen: perSecond(requestsPerSecond.lumen),
      compared: `× ${range(requestsPerSecond, (ratio) => ratio.toFixed(2))}`,
      promise: {
        text: `≥ × ${LEAST_RATIO[dialect].toFixed(2)}`,
        isMet: requestsPerSecond.compared >= LEAST_RATIO[dialect],
      },
    },
    ...processorRows(measurement),
    addedRow('median of a completion, 1 connection', latencyMs, MOST_ADDED_MS[dialect]),
    addedRow('first token of a stream, 1 connection', firstTokenMs, MOST_ADDED_TO_FIRST_TOKEN_MS),
    framesRow(measurement),
  ];
}

/** Streams that are open at a time. */
export function rowsOfStreams({ relay, lumen }: StreamsComparison): Row[] {
  const figure = `${lumen.streams.toLocaleString('en')} open streams`;
  const isWhole = lumen.lost + lumen.reordered + lumen.cut === 0;
  return [
    {
      figure: `${figure}: memory of each`,
      relay: `${relay.kilobytesEach.toFixed(0)} kB`,
      lumen: `${lumen.kilobytesEach.toFixed(0)} kB`,
      compared: `× ${(lumen.kilobytesEach / relay.kilobytesEach).toFixed(1)}`,
      promise: {
        text: `≤ ${MOST_KILOBYTES} kB`,
        isMet: lumen.kilobytesEach <= MOST_KILOBYTES,
      },
    },
    {
      figure: `${figure}: frames lost, reordered, streams cut`,
      relay: `${relay.lost}, ${relay.reordered}, ${relay.cut}`,
      lumen: `${lumen.lost}, ${lumen.reordered}, ${lumen.cut}`,
      compared: `of ${lumen.frames.toLocaleString('en')}`,
      promise: { text: '0, 0, 0', isMet: isWhole },
    },
  ];
}

function processorRows({ processorUs }: Measurement): Row[] {
  if (Number.isNaN(processorUs.compared)) return [];
  return [
    {
      figure: 'processor time of one of them',
      relay: `${Math.round(processorUs.relay)} µs`,
      lumen: `${Math.round(processorUs.lumen)} µs`,
      compared: `× ${range(processorUs, (ratio) => ratio.toFixed(1))}`,
      promise: null,
    },
  ];
}

function addedRow(figure: string, comparison: Comparison, most: number): Row {
  return {
    figure,
    relay: `${comparison.relay.toFixed(2)} ms`,
    lumen: `${comparison.lumen.toFixed(2)} ms`,
    compared: `${range(comparison, signed)} ms`,
    promise: { text: `≤ +${most} ms`, isMet: comparison.compared <= most },
  };
}

function framesRow({ frames: { relay, lumen } }: Measurement): Row {
  return {
    figure: 'frames lost, reordered',
    relay: `${relay.lost}, ${relay.reordered}`,
    lumen: `${lumen.lost}, ${lumen.reordered}`,
    compared: `of ${lumen.frames.toLocaleString('en')}`,
    promise: { text: '0, 0', isMet: lumen.lost === 0 && lumen.reordered === 0 },
  };
}

const perSecond = (value: number): string => Math.round(value).toLocaleString('en');
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;

function range(comparison: Comparison, format: (value: number) => string): string {
  const { compared, lowest, highest } = comparison;
  return `${format(compared)} (${format(lowest)} … ${format(highest)})`;
}
