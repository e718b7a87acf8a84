import { describe, expect, it } from '@jest/globals';
import { CallerSink } from './caller-sink.js';
import { type ResponseSink } from './response-sink.js';

class Door implements ResponseSink {
  text = '';
  hasRoom = true;
  subscriptions = 0;
  drained = () => undefined as void;
  gone = () => undefined as void;
  start = () => void (this.text += '<');
  end = () => void (this.text += '>');
  cut = () => void (this.text += '!');
  write(chunk: Buffer): boolean {
    this.text += chunk.toString();
    return this.hasRoom;
  }
  onDrain(listener: () => void): void {
    this.subscriptions += 1;
    this.drained = listener;
  }
  onGone(listener: () => void): void {
    this.subscriptions += 1;
    this.gone = listener;
  }
}

function setUp() {
  const door = new Door();
  const heard: string[] = [];
  const sink = new CallerSink(door, () => void heard.push('left'));
  return { door, sink, heard };
}

describe('the caller of several attempts', () => {
  it('is subscribed to once, and tells the attempt that is under way', () => {
    const { door, sink, heard } = setUp();
    for (const attempt of ['a', 'b', 'c']) {
      sink.forgetListeners();
      sink.onGone(() => void heard.push(`${attempt} gone`));
      sink.onDrain(() => void heard.push(`${attempt} drained`));
    }
    door.drained();
    door.gone();
    expect(heard).toEqual(['c drained', 'left', 'c gone']);
    expect(door.subscriptions).toBe(2);
    sink.onGone(() => void heard.push('late'));
    expect(heard.at(-1)).toBe('late');
  });

  it('gets a ping when nothing was written for long, and not again before as long', () => {
    const { door, sink } = setUp();
    sink.start(200, {});
    sink.write(Buffer.from('a'));
    for (const ms of [250, 1_000, 1_249]) sink.pingIfQuiet(ms, 1_000);
    expect(door.text).toBe('<a');
    for (const ms of [1_250, 1_500, 2_249]) sink.pingIfQuiet(ms, 1_000);
    expect(door.text).toBe('<a: ping\n\n');
    sink.write(Buffer.from('b'));
    for (const ms of [2_250, 3_249]) sink.pingIfQuiet(ms, 1_000);
    expect(door.text).toBe('<a: ping\n\nb');
  });

  it.each<[string, (sink: CallerSink, door: Door) => void]>([
    ['has not begun', () => undefined],
    ['is over', (sink) => (sink.start(200, {}), sink.end())],
    ['is cut', (sink) => (sink.start(200, {}), sink.cut())],
    ['has nobody to read it', (sink, door) => (sink.start(200, {}), door.gone())],
    [
      'is not read',
      (sink, door) => {
        sink.start(200, {});
        door.hasRoom = false;
        sink.write(Buffer.from('a'));
      },
    ],
  ])('gets none in an answer that %s', (_what, prepare) => {
    const { door, sink } = setUp();
    prepare(sink, door);
    for (const ms of [0, 10_000, 20_000]) sink.pingIfQuiet(ms, 1_000);
    expect(door.text).not.toContain('ping');
  });

  it('gets one again when it reads again', () => {
    const { door, sink } = setUp();
    sink.onDrain(() => undefined);
    sink.start(200, {});
    door.hasRoom = false;
    sink.write(Buffer.from('a'));
    for (const ms of [0, 10_000]) sink.pingIfQuiet(ms, 1_000);
    door.hasRoom = true;
    door.drained();
    sink.pingIfQuiet(10_250, 1_000);
    expect(door.text).toBe('<a: ping\n\n');
  });
});
