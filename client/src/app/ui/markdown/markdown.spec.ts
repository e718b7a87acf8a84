import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { useLanguage } from '../../../testing/language';
import { Theme } from '../../core/theme/theme';
import { Clipboard } from '../clipboard';
import { type DiagramFault, DiagramFrame, type Drawing } from './diagrams/diagram-frame';
import { Markdown } from './markdown';

describe('Markdown', () => {
  let fixture: ComponentFixture<Markdown>;
  const page = () => fixture.nativeElement as HTMLElement;

  async function show(text: string, isStreaming: boolean): Promise<void> {
    fixture.componentRef.setInput('text', text);
    fixture.componentRef.setInput('isStreaming', isStreaming);
    fixture.detectChanges();
    await fixture.whenStable();
  }

  beforeEach(async () => {
    await useLanguage();
    fixture = TestBed.createComponent(Markdown);
  });

  it('renders on the main thread where there are no workers', async () => {
    await show('**bold** $x$', false);
    await vi.waitFor(() => expect(page().querySelector('strong')).not.toBeNull());
    expect(page().querySelector('math')).not.toBeNull();
  });

  it('leaves finished blocks as they are while the text grows', async () => {
    await show('one\n\ntwo\n\nthree', true);
    await vi.waitFor(() => expect(page().querySelectorAll('p')).toHaveLength(3));
    const first = page().querySelector('p');
    await show('one\n\ntwo\n\nthree\n\nfour', true);
    await vi.waitFor(() => expect(page().querySelectorAll('p')).toHaveLength(4));
    expect(page().querySelector('p')).toBe(first);
  });

  it('wraps the long lines of one block, and says so', async () => {
    await show(`\`\`\`\n${'long '.repeat(20)}\n\`\`\`\n\n\`\`\`\nshort\n\`\`\``, false);
    await vi.waitFor(() => expect(page().querySelectorAll('.code')).toHaveLength(2));
    const buttons = page().querySelectorAll<HTMLElement>('[data-wrap]');
    expect(buttons).toHaveLength(1);
    buttons[0]!.click();
    expect(buttons[0]!.getAttribute('aria-pressed')).toBe('true');
    expect(page().querySelector('.code')?.classList).toContain('is-wrapped');
  });

  describe('with a diagram', () => {
    const SVG = '<svg viewBox="0 0 20 10"><title>Plan</title></svg>';
    const DIAGRAM = '```mermaid\nflowchart TD\n```';
    let asked: [string, boolean][];
    let seen: (() => void) | undefined;

    function drawn(drawing: Drawing | DiagramFault): void {
      TestBed.inject(DiagramFrame).draw = (...request) => {
        asked.push(request);
        return Promise.resolve(drawing);
      };
    }

    beforeEach(() => {
      asked = [];
      seen = undefined;
      vi.stubGlobal(
        'IntersectionObserver',
        class {
          constructor(see: (entries: object[]) => void) {
            seen = () => see([{ isIntersecting: true, target: page().querySelector('.code') }]);
          }
          observe(): void {}
          unobserve(): void {}
          disconnect(): void {}
        },
      );
      URL.createObjectURL = () => 'blob:picture';
      URL.revokeObjectURL = () => undefined;
      drawn({ svg: SVG, kind: 'flowchart' });
    });

    afterEach(() => vi.unstubAllGlobals());

    it('draws it once it is complete and in view', async () => {
      await show(`${DIAGRAM}\n\nmore`, true);
      await vi.waitFor(() => expect(page().querySelector('.code')).not.toBeNull());
      await show(`${DIAGRAM}\n\nmore`, false);
      await vi.waitFor(() => expect(seen).toBeDefined());
      expect(asked).toEqual([]);
      seen!();
      await vi.waitFor(() => expect(page().querySelector('img')).not.toBeNull());
      expect(asked).toEqual([['flowchart TD', false]]);
      expect(page().querySelector('img')?.alt).toBe('Diagram (flowchart): Plan');
      const toggle = page().querySelector<HTMLElement>('[data-source]')!;
      toggle.click();
      expect(page().querySelector('.code')?.classList).toContain('is-source');
      expect(toggle.textContent).toBe('Show the diagram');
    });

    it('draws it again when the page becomes dark', async () => {
      await show(DIAGRAM, false);
      await vi.waitFor(() => expect(seen).toBeDefined());
      seen!();
      await vi.waitFor(() => expect(asked).toHaveLength(1));
      TestBed.inject(Theme).choose('dark');
      await vi.waitFor(() => expect(asked.at(-1)).toEqual(['flowchart TD', true]));
      TestBed.inject(Theme).choose('system');
    });

    it.each([
      [{ message: 'Parse error' }, 'Parse error'],
      ['slow' as const, 'took too long'],
      [{ svg: 'no svg', kind: '' }, 'too large'],
    ])('leaves the source where %j comes of it, and says why', async (drawing, reason) => {
      drawn(drawing);
      await show(DIAGRAM, false);
      await vi.waitFor(() => expect(seen).toBeDefined());
      seen!();
      await vi.waitFor(() => expect(page().textContent).toContain('could not be drawn'));
      expect(page().textContent).toContain(reason);
      expect(page().querySelector('pre')?.textContent).toContain('flowchart TD');
    });
  });

  it('copies the code of the block whose button was pressed', async () => {
    const copied: string[] = [];
    TestBed.inject(Clipboard).copy = (text) => {
      copied.push(text);
      return Promise.resolve(true);
    };
    await show('```js\nlet a = 1;\n```\n\n```\nsecond <b>\n```', false);
    await vi.waitFor(() => expect(page().querySelectorAll('[data-copy]')).toHaveLength(2));
    for (const button of page().querySelectorAll<HTMLElement>('[data-copy]')) button.click();
    expect(copied).toEqual(['let a = 1;', 'second <b>']);
  });
});
