import { toHtml } from '../../../testing/markdown';
import { loadMath, renderMath } from './math-renderer';

describe('Markdown as HTML', () => {
  beforeAll(() => loadMath());

  it.each([
    ['## A', '<h3>A</h3>'],
    [
      '[a](https://x.example)',
      'href="https://x.example/" target="_blank" rel="noopener noreferrer nofollow"',
    ],
    ['[a](mailto:a@x.example)', 'href="mailto:a@x.example"'],
    ['H<sub>2</sub>O', 'H<sub>2</sub>O'],
    ['<b>bold</b>', '<b>bold</b>'],
    ['- [x] a', 'role="img" aria-label="Done"'],
    ['|a|\n|-|\n|b|', 'role="group" tabindex="0" aria-label="Table"'],
    ['```R\nx\n```', 'aria-label="R code"'],
    ['```\nx\n```', 'aria-label="Code"'],
  ])('%j has %s', (source, part) => {
    expect(toHtml(source)).toContain(part);
  });

  it.each([
    ['[a](/logout)', '<p>a</p>\n'],
    ['[a](javascript:alert(1))', '<p>a</p>\n'],
    ['[a](data:text/html,x)', '<p>a</p>\n'],
    ['![](/logout)', '<p></p>\n'],
  ])('%j leads nowhere', (source, html) => {
    expect(toHtml(source)).toBe(html);
  });

  it('shows a picture from elsewhere as a link', () => {
    const html = toHtml('![A cat](https://cats.example/1.png)');
    expect(html).not.toContain('<img');
    expect(html).toContain('Image: A cat (cats.example)</a>');
  });

  it('shows an embedded picture', () => {
    expect(toHtml('![dot](data:image/png;base64,AAAA)')).toContain(
      '<img src="data:image/png;base64,AAAA" alt="dot">',
    );
    expect(toHtml('![dot](data:image/svg+xml;base64,AAAA)')).not.toContain('<img');
  });

  it('shows pictures of the documentation, and nothing else of this server', () => {
    const address = '/api/help/pictures/chat.webp';
    expect(toHtml(`![The chat](${address})`)).toContain(`<img src="${address}" alt="The chat">`);
    for (const other of ['/api/help/pictures/../../me', '/logout?x=/api/help/pictures/a.webp']) {
      expect(toHtml(`![x](${other})`)).not.toContain('<img');
    }
  });

  it('shows HTML as text', () => {
    expect(toHtml('<script>x</script>')).toContain('&lt;script&gt;');
    expect(toHtml('a <img src=x onerror=y> b')).toContain('&lt;img src=x onerror=y&gt;');
    expect(toHtml('<b onclick=x>b</b>')).toContain('&lt;b onclick=x&gt;');
  });
});

describe('renderMath', () => {
  beforeAll(() => loadMath());

  it('gives screen readers the formula and not its source', () => {
    const html = renderMath('\\frac{a}{b}', false);
    expect(html).toContain('<math');
    expect(html).not.toContain('annotation');
    expect(html).not.toContain('\\frac');
  });

  it('knows chemistry', () => {
    expect(renderMath('\\ce{2H2O}', false)).toContain('<math');
  });

  it.each(['\\frac{', '\\undefined', '\\href{https://x.example}{x}', '\\includegraphics{x}'])(
    'shows %j as it is written',
    (source) => {
      expect(renderMath(source, false)).toContain('<code class="math-source">');
    },
  );

  it('ends a macro that expands for ever', () => {
    expect(renderMath('\\def\\a{\\a\\a}\\a', false)).toContain('math-source');
  });
});
