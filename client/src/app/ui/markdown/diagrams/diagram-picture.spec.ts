import { HOSTILE_SVG } from '../../../../testing/hostile-svg';
import { pictureOf } from './diagram-picture';

const SVG = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="-5 -5 120.4 60">${body}</svg>`;

async function textOf(svg: string): Promise<string> {
  return (await pictureOf(svg)?.file.text()) ?? '';
}

describe('pictureOf', () => {
  it('has the size of the drawing', () => {
    expect(pictureOf(SVG('<path d="M0 0"/>'))).toMatchObject({ width: 121, height: 60 });
  });

  it('is well-formed, with its styles, arrow heads and words', async () => {
    const svg = await textOf(
      SVG(
        '<style>#d .a>b{fill:url(#g);content:"&"}</style><defs><marker id="m"/></defs>' +
          '<path marker-end="url(#m)" d="M0 0"/><text>a &amp; b<br>c</text>',
      ),
    );
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelector('style')?.textContent).toBe('#d .a>b{fill:url(#g);content:"&"}');
    expect(parsed.querySelector('path')?.getAttribute('marker-end')).toBe('url(#m)');
    expect(parsed.querySelector('text')?.textContent).toContain('a & b');
  });

  it('is described by its own title', () => {
    expect(pictureOf(SVG('<title>Pets</title><desc>By kind</desc>'))?.title).toBe('Pets. By kind');
  });

  it.each(HOSTILE_SVG)('holds nothing that runs or loads: %s', async (body) => {
    const svg = await textOf(SVG(body));
    const withoutText = svg.replace(/>[^<]*</g, (text) =>
      /@import|url\(/.test(text) ? text : '><',
    );
    expect(withoutText).not.toMatch(/script|\son\w+\s*=|https?:\/\/evil|javascript:|@import/i);
    expect(withoutText).not.toMatch(/<(?:a|image|foreignObject|iframe|animate|set|use href="h)\b/i);
  });

  it.each(['', 'no svg', '<svg></svg>', '<svg viewBox="0 0 0 5"></svg>', '<p>x</p>'])(
    'is none for %j',
    (svg) => {
      expect(pictureOf(svg)).toBeNull();
    },
  );
});
