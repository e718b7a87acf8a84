import { TestBed } from '@angular/core/testing';

import { useLanguage } from '../../../testing/language';
import { grow, toHtml } from '../../../testing/markdown';
import { Markdown } from './markdown';
import { sanitize } from './sanitizer';

const TEXT = 'Said[^1] and[^note].\n\nMore.\n\n[^1]: The **first**.\n[^note]: With\ntwo lines.\n';

/** What stands there for a reader, in the order of the page. */
function seen(text: string): string[] {
  const page = document.createElement('div');
  page.innerHTML = sanitize(toHtml(text));
  return [...page.children].map(({ textContent }) => textContent.trim().replaceAll(/\s+/g, ' '));
}

describe('footnotes', () => {
  it.each([
    [TEXT, ['Said1 andnote.', 'More.', '1The first. ↩', 'noteWith two lines. ↩']],
    ['a[^1]\n\n[^1]: one\n\n  two\n\nthree', ['a1', '1one two ↩', 'three']],
    ['a[^1]\n[^1]: right below', ['a1', '1right below ↩']],
    ['a[^1]\n\n[^1]: word', ['a1', '1word ↩']],
  ])('%j', (text, lines) => {
    expect(seen(text)).toEqual(lines);
  });

  it.each(['nowhere[^1] explained', '`[^1]`\n\n[^1]: x', '[^a b]: x', '[^]: x'])(
    'are none in %j',
    (text) => {
      expect(sanitize(toHtml(text))).not.toContain('data-note="');
    },
  );

  it('take no longer for what is made to take long', () => {
    const spaces = `[^1]: x\n${' '.repeat(50_000)}\n`;
    for (const nasty of [
      spaces,
      '[^1]: x\n\n'.repeat(2_000),
      '\n'.repeat(50_000),
      '[^'.repeat(9_000),
    ]) {
      const startedAt = performance.now();
      toHtml(nasty);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
  });

  it('are footnotes while their text may still come', () => {
    const [early, late] = grow(['Said[^1]', 'Said[^1]\n\n[^1]: so'], true);
    expect(early!.join('')).toContain('data-note="1"');
    expect(late!.join('')).toContain('data-note-text="1"');
  });

  it.each([
    '[^"><img src=x onerror=alert(1)>]: x\n\na[^"><img src=x onerror=alert(1)>]',
    '[^1]: <img src=x onerror=alert(1)>\n\na[^1]',
    '[^1]: [x](javascript:alert(1))\n\na[^1]',
  ])('let nothing through: %j', (text) => {
    const page = document.createElement('div');
    page.innerHTML = sanitize(toHtml(text));
    expect(page.querySelector('img, a, [onerror]')).toBeNull();
  });

  it('lead to their text and back, and nowhere else', async () => {
    await useLanguage();
    const fixture = TestBed.createComponent(Markdown);
    fixture.componentRef.setInput('text', TEXT);
    fixture.detectChanges();
    const page = document.body.appendChild(fixture.nativeElement as HTMLElement);
    await vi.waitFor(() => expect(page.querySelector('[data-note-text]')).not.toBeNull());
    const press = (selector: string) => page.querySelector<HTMLElement>(selector)!.click();
    const { href } = location;
    press('[data-note=note]');
    expect(document.activeElement?.textContent).toContain('two lines.');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Footnote note');
    press('[data-note-back=note]');
    expect(document.activeElement).toBe(page.querySelector('[data-note=note]'));
    expect(location.href).toBe(href);
    page.remove();
  });
});
