import { TestBed } from '@angular/core/testing';

import { HOSTILE_DIAGRAMS } from '../../../../testing/hostile-diagrams';
import { DiagramFrame } from './diagram-frame';

interface Asked {
  id: number;
  source: string;
}

describe('DiagramFrame', () => {
  const frame = () => document.querySelector<HTMLIFrameElement>('iframe.diagram-frame');
  let asked: Asked[];

  /** Says something as if it came from a window. */
  function say(data: unknown, source: Window | null = frame()?.contentWindow ?? null): void {
    dispatchEvent(new MessageEvent('message', { data, source }));
  }

  /** Waits for the frame and plays its part. */
  async function load(): Promise<void> {
    await vi.waitFor(() => expect(frame()).not.toBeNull());
    frame()!.contentWindow!.postMessage = (message: unknown) => void asked.push(message as Asked);
    say({ isReady: true });
  }

  beforeEach(() => {
    asked = [];
    frame()?.remove();
  });

  afterEach(() => vi.useRealTimers());

  it('has no origin of its own and is out of everybody’s way', async () => {
    void TestBed.inject(DiagramFrame).draw('pie', false);
    await load();
    expect(frame()?.getAttribute('sandbox')).toBe('allow-scripts');
    expect(frame()?.getAttribute('aria-hidden')).toBe('true');
    expect(frame()?.tabIndex).toBe(-1);
  });

  it('hands out what the frame draws, one after the other', async () => {
    const service = TestBed.inject(DiagramFrame);
    const first = service.draw('one', false);
    const second = service.draw('two', true);
    await load();
    await vi.waitFor(() => expect(asked.map(({ source }) => source)).toEqual(['one']));
    say({ id: asked[0]!.id, svg: '<svg/>', diagramType: 'flowchart-v2' });
    expect(await first).toEqual({ svg: '<svg/>', kind: 'flowchart' });
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    say({ id: asked[1]!.id, fault: 'Parse error' });
    expect(await second).toEqual({ message: 'Parse error' });
  });

  it.each([
    ['flowchart TD\nA-->B\nclick A "javascript:alert(1)"', 'flowchart TD\nA-->B\n'],
    [
      'sequenceDiagram\nlink A: Site @ https://x.example\nA->>B: hi',
      'sequenceDiagram\n\nA->>B: hi',
    ],
    ['classDiagram\nlink A "https://x.example"', 'classDiagram\n'],
    ['flowchart TD\nlink --> click', 'flowchart TD\nlink --> click'],
  ])('leaves out of %j what a click would do', async (source, drawn) => {
    void TestBed.inject(DiagramFrame).draw(source, false);
    await load();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]?.source).toBe(drawn);
  });

  it('listens to nobody else', async () => {
    const drawing = TestBed.inject(DiagramFrame).draw('one', false);
    await load();
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    say({ id: asked[0]!.id, svg: 'forged' }, window);
    say('nonsense');
    say(null);
    say({ id: asked[0]!.id, svg: 'real' });
    expect(await drawing).toMatchObject({ svg: 'real' });
  });

  it('gives up a diagram that takes too long, and takes a new frame for the next', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const drawing = TestBed.inject(DiagramFrame).draw('one', false);
    await vi.advanceTimersByTimeAsync(0);
    await load();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await drawing).toBe('slow');
    expect(frame()).toBeNull();
  });

  it('says that it could not be loaded', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const drawing = TestBed.inject(DiagramFrame).draw('one', false);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await drawing).toBe('unavailable');
  });

  it('does not even begin with what is too large', async () => {
    expect(await TestBed.inject(DiagramFrame).draw('a'.repeat(20_001), false)).toBe('large');
    expect(frame()).toBeNull();
  });

  it.each(HOSTILE_DIAGRAMS.filter((source) => /<(?:img|script|iframe|svg|a)\b|img:/.test(source)))(
    'draws neither HTML nor pictures: %j',
    async (source) => {
      expect(await TestBed.inject(DiagramFrame).draw(source, false)).toBe('foreign');
    },
  );
});
