import { HOSTILE_MARKDOWN } from '../../../testing/hostile-markdown';
import { grow, toHtml } from '../../../testing/markdown';
import { loadMath } from './math-renderer';
import { sanitize } from './sanitizer';

const FORBIDDEN =
  'script,style,link,meta,base,iframe,object,embed,form,input,video,audio,source,template,' +
  'foreignObject,use,animate,set,body,html,noscript,marquee,details,annotation';
const ADDRESSES = ['href', 'src', 'srcset', 'xlink:href', 'action', 'formaction', 'data', 'srcdoc'];

/** What in a piece of the page could run, load or lead somewhere it must not. */
function dangers(html: string): string[] {
  const root = document.createElement('div');
  root.innerHTML = html;
  const elements = [...root.querySelectorAll('*')];
  const forbidden = [...root.querySelectorAll(FORBIDDEN)].map(({ tagName }) => tagName);
  const attributes = elements.flatMap((element) =>
    [...element.attributes].filter((attribute) => isDangerous(element, attribute)),
  );
  return [...forbidden, ...attributes.map(({ name, value }) => `${name}=${value}`)];
}

function isDangerous(element: Element, { name, value }: Attr): boolean {
  if (name.startsWith('on')) return true;
  if (name === 'style') return /url|expression|fixed/i.test(value) || !element.closest('.katex');
  if (name === 'href' && element.tagName === 'A') return !/^(https?|mailto):/.test(value);
  if (name === 'src' && element.tagName === 'IMG')
    return !/^data:image\/(png|jpeg|gif|webp|avif);/.test(value);
  return ADDRESSES.includes(name);
}

/**
 * The text as far as it has come whenever something in it opens, closes or ends, and whole. What
 * comes in between only makes a word longer.
 */
function moments(source: string): string[] {
  const ends = source.matchAll(/[^\p{L}\p{N}]|[\p{L}\p{N}](?=>|$)/gu);
  return Array.from(ends, (end) => source.slice(0, end.index + end[0].length));
}

describe('an answer in the page', () => {
  beforeAll(() => loadMath());

  it.each(HOSTILE_MARKDOWN)('is harmless when the model writes %j', (source) => {
    expect(dangers(sanitize(toHtml(source)))).toEqual([]);
  });

  it.each(HOSTILE_MARKDOWN)('is harmless at every moment while %j arrives', (source) => {
    const shown = new Set(grow(moments(source), false).map((blocks) => blocks.join('')));
    expect([...shown].flatMap((html) => dangers(sanitize(html)))).toEqual([]);
  });

  it.each(HOSTILE_MARKDOWN)('would be harmless even if the renderer let %j through', (source) => {
    expect(dangers(sanitize(source))).toEqual([]);
  });

  it('lets no picture of this server through but those of the documentation', () => {
    const own = '<img src="/api/help/pictures/chat.webp" alt="The chat">';
    expect(sanitize(own)).toContain('src="/api/help/pictures/chat.webp"');
    for (const other of [
      '/api/me',
      '/api/help/pictures/a.webp?b',
      '//x.edu/api/help/pictures/a.webp',
    ]) {
      expect(sanitize(`<img src="${other}" alt="x">`)).not.toContain('src');
    }
  });

  it('keeps what the renderer itself writes', () => {
    const source = [
      '# T',
      '**b** [l](https://x.example)',
      '```r\nx <- 1\n```',
      '|a|\n|-:|\n|1|',
      '$\\frac{a}{b}$',
      '$$\\sqrt{x}$$',
      '- [x] d',
      '3. three',
    ].join('\n\n');
    const kept = document.createElement('div');
    kept.innerHTML = sanitize(toHtml(source));
    for (const selector of [
      'h3',
      'a[rel~="noopener"][target="_blank"]',
      '.code[aria-label="R code"] pre[tabindex="0"]',
      'button[data-copy][aria-label] svg path[d]',
      '.table[tabindex="0"] th[scope="col"]',
      'td.align-right',
      '.katex math mfrac',
      '.katex-html[aria-hidden="true"] [style]',
      '.math svg path',
      '.task[role="img"][aria-label="Done"]',
      'ol[start="3"]',
    ]) {
      expect(kept.querySelector(selector), selector).not.toBeNull();
    }
  });
});
