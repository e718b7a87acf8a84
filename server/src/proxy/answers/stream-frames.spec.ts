import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dataOf, endOfEvent, StreamFrames } from './stream-frames.js';

const MEGABYTE = 1024 * 1024;

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

describe('StreamFrames', () => {
  it.each(['\n', '\r\n'])(
    'keeps every byte and cuts only between events, lines ending in %j',
    (nl) => {
      const events = [
        `: keep-alive${nl}${nl}`,
        `data: {"a":"ü"}${nl}${nl}`,
        `event: odd${nl}id: 7${nl}data: x${nl}data: y${nl}${nl}`,
        nl,
        `data: [DONE]${nl}${nl}`,
      ];
      const bytes = Buffer.from(`${events.join('')}half a li`);
      const ends = new Set<number>();
      events.reduce((sum, event) => {
        ends.add(sum + Buffer.byteLength(event));
        return sum + Buffer.byteLength(event);
      }, 0);
      fc.assert(
        fc.property(fc.array(fc.nat(bytes.length), { maxLength: 20 }), (places) => {
          const frames = new StreamFrames();
          const passed: Buffer[] = [];
          let length = 0;
          for (const chunk of cut(bytes, places)) {
            const whole = frames.push(chunk);
            if (!whole) continue;
            passed.push(whole);
            length += whole.length;
            expect(ends).toContain(length);
          }
          expect(length).toBe(Buffer.byteLength(events.join('')));
          expect(Buffer.concat([...passed, frames.rest()])).toEqual(bytes);
        }),
      );
    },
  );

  it('copies nothing of a chunk of whole events', () => {
    const chunk = Buffer.from('data: a\n\ndata: b\n\n');
    const passed = new StreamFrames().push(chunk)!;
    expect(passed.buffer).toBe(chunk.buffer);
  });

  it('keeps no more than a megabyte of an event without end, and finds its way back', () => {
    const frames = new StreamFrames();
    const sent: Buffer[] = [];
    const passed: Buffer[] = [];
    const push = (chunk: Buffer) => {
      sent.push(chunk);
      const whole = frames.push(chunk);
      if (whole) passed.push(whole);
    };
    for (let count = 0; count < 5; count += 1) push(Buffer.alloc(MEGABYTE / 2, 'x'));
    expect(frames.isFragment).toBe(true);
    expect(Buffer.concat(passed).length).toBeGreaterThan(MEGABYTE);
    push(Buffer.from('end\n\ndata: [DO'));
    expect(frames.isFragment).toBe(false);
    push(Buffer.from('NE]\n\n'));
    expect(passed.at(-1)!.toString()).toBe('data: [DONE]\n\n');
    expect(Buffer.concat(passed)).toEqual(Buffer.concat(sent));
  });

  it('passes what it cannot read as it comes', () => {
    const frames = new StreamFrames(true);
    const chunk = Buffer.from([0x1f, 0x8b, 8, 10, 10]);
    expect(frames.push(chunk)).toBe(chunk);
    expect(frames.isFragment).toBe(true);
  });

  it('takes single bytes of a long event in linear time', () => {
    const frames = new StreamFrames();
    const byte = Buffer.from('x');
    const before = process.cpuUsage();
    for (let count = 0; count < 300_000; count += 1) frames.push(byte);
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });
});

describe('endOfEvent', () => {
  it.each([
    ['a\n\nb', 3],
    ['a\r\n\r\nb', 5],
    ['\nb', 1],
    ['a\nb', 3],
  ])('of %j', (text, end) => {
    expect(endOfEvent(Buffer.from(text), 0)).toBe(end);
  });
});

describe('dataOf', () => {
  it.each([
    ['data: {"a":1}\n\n', '{"a":1}'],
    ['data:{"a":1}\r\n\r\n', '{"a":1}'],
    ['data: [DONE]', '[DONE]'],
    ['data: [DONE]\n', '[DONE]'],
    ['id: 1\ndata: a\ndata: b\n\n', 'a\nb'],
    [': data: x\n\n', ''],
    ['\n', ''],
  ])('of %j', (event, data) => {
    expect(dataOf(event)).toBe(data);
  });
});
