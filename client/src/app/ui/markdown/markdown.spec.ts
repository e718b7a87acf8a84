import { type ComponentFixture, TestBed } from '@angular/core/testing';

import { useLanguage } from '../../../testing/language';
import { Clipboard } from '../clipboard';
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
