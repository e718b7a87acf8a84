import { Marked, type RendererObject, type Token, type Tokens } from 'marked';

import { type FootnoteToken, footnoteHtml, footnoteSyntax, footnoteTextHtml } from './footnotes';
import { type HeadingOutline } from './heading-outline';
import { highlight, languageName, plainCode } from './highlight';
import { escapeForeignHtml, escapeHtml } from './html-text';
import { type MathToken, mathSyntax } from './math-syntax';
import { renderMath } from './math-renderer';

/** What stands around the text of an answer: words in the person's language, and icons. */
export interface MarkdownFurniture {
  copyCode: string;
  wrapCode: string;
  showSource: string;
  /** With `%s` where the language's name goes. */
  codeLabel: string;
  plainCodeLabel: string;
  table: string;
  formula: string;
  done: string;
  open: string;
  /** With `%s` for the description and `%h` for the host. */
  image: string;
  imageNameless: string;
  /** Why it is a link, and where that leads. */
  imageHint: string;
  /** With `%s` where its label goes. */
  footnote: string;
  footnoteBack: string;
  /** SVG paths of the copy icon and of what it becomes when it has copied, and their view box. */
  copyIcon: string;
  copiedIcon: string;
  wrapIcon: string;
  imageIcon: string;
  iconBox: string;
}

/** What a renderer has to know beside the tokens. */
export interface RenderContext {
  furniture: MarkdownFurniture;
  outline: HeadingOutline;
  /** Labels of the footnotes that are explained; null: more may come. */
  notes: ReadonlySet<string> | null;
}

/** Lines that may not fit on a phone. */
const LONG_LINE = /[^\n]{40}/;
/** Part of the text, or of Lumen's own documentation: shown where it stands. All others are links. */
const OWN_IMAGE = /^\/api\/help\/pictures\/[a-z0-9-]+\.webp$/;
const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=\s]+$/i;

/**
 * Markdown to HTML for one answer. Nothing a model writes becomes an element unless Markdown says
 * so: HTML is shown as text, links lead only to the web or to mail, and no image is fetched.
 */
export class MarkdownHtml {
  private readonly marked: Marked;
  private context!: RenderContext;

  constructor(isStreaming: boolean) {
    const page = (): this => this;
    this.marked = new Marked({ gfm: true, breaks: false, async: false });
    this.marked.use(mathSyntax(isStreaming), { renderer: this.rules() });
    this.marked.use(footnoteSyntax(), {
      extensions: [
        { name: 'footnote', renderer: (token) => this.footnote(token as FootnoteToken) },
        {
          name: 'footnoteText',
          renderer(token) {
            return page().footnoteText(
              token as FootnoteToken,
              this.parser.parse(token.tokens ?? []),
            );
          },
        },
        { name: 'blockMath', renderer: (token) => this.displayMath(token as MathToken) },
        { name: 'inlineMath', renderer: (token) => this.math(token as MathToken) },
      ],
    });
  }

  lex(source: string): Token[] {
    return this.marked.lexer(source);
  }

  render(token: Token, context: RenderContext): string {
    this.context = context;
    return this.marked.parser([token]);
  }

  private rules(): RendererObject {
    const page = (): this => this;
    return {
      html: ({ text, block }) =>
        block
          ? `<p class="foreign">${escapeForeignHtml(text.trimEnd())}</p>`
          : escapeForeignHtml(text),
      code: (token) => page().code(token),
      image: (token) => page().image(token),
      checkbox: ({ checked }) => page().checkbox(checked),
      heading({ tokens, depth }) {
        const level = page().context.outline.next(depth);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
      },
      link({ href, tokens }) {
        return page().link(href, this.parser.parseInline(tokens));
      },
      table(token) {
        const row = (cells: Tokens.TableCell[], tag: string) =>
          `<tr>${cells.map((cell) => tableCell(cell, tag, this.parser.parseInline(cell.tokens))).join('')}</tr>`;
        return page().table(
          row(token.header, 'th'),
          token.rows.map((cells) => row(cells, 'td')),
        );
      },
    };
  }

  private code(token: Tokens.Code): string {
    const language = /^\S*/.exec(token.lang ?? '')?.[0].toLowerCase() ?? '';
    const { furniture } = this.context;
    const isOpen = token.codeBlockStyle !== 'indented' && !hasClosingFence(token.raw);
    const body = isOpen ? plainCode(token.text) : highlight(token.text, language);
    const name = languageName(language);
    const label =
      name === '' ? furniture.plainCodeLabel : furniture.codeLabel.replace('%s', () => name);
    const isDiagram = !isOpen && language === 'mermaid';
    return (
      `<div class="code" role="group" aria-label="${escapeHtml(label)}"${isDiagram ? ' data-diagram' : ''}>` +
      `<div class="code-bar"><span>${escapeHtml(name)}</span>${isOpen ? '' : this.buttons(token.text, isDiagram)}</div>` +
      `<pre tabindex="0"><code>${body}</code></pre></div>`
    );
  }

  /** What can be done with a block of code; only what makes sense for this one. */
  private buttons(code: string, isDiagram: boolean): string {
    const { copyCode, wrapCode, showSource, copyIcon, copiedIcon, wrapIcon } =
      this.context.furniture;
    const source = isDiagram
      ? `<button type="button" class="code-source" data-source>${escapeHtml(showSource)}</button>`
      : '';
    const wrap = LONG_LINE.test(code)
      ? this.button('data-wrap aria-pressed="false"', wrapCode, this.icon(wrapIcon, 'wrap'))
      : '';
    const icons = this.icon(copyIcon, 'copy') + this.icon(copiedIcon, 'copied');
    return source + wrap + this.button('data-copy', copyCode, icons);
  }

  private button(attributes: string, text: string, icons: string): string {
    const label = escapeHtml(text);
    return `<button type="button" class="code-button" ${attributes} aria-label="${label}" title="${label}">${icons}</button>`;
  }

  private icon(path: string, name: string): string {
    const { iconBox } = this.context.furniture;
    return `<svg class="${name}" viewBox="${iconBox}" aria-hidden="true"><path d="${path}"></path></svg>`;
  }

  private link(href: string, content: string): string {
    const target = safeAddress(href);
    if (target === null) return content;
    return `<a href="${escapeHtml(target)}" target="_blank" rel="noopener noreferrer nofollow">${content}</a>`;
  }

  /** A picture from elsewhere would tell its host who reads what: only a link is shown. */
  private image(token: Tokens.Image): string {
    const { furniture } = this.context;
    const description = token.text === '' ? furniture.imageNameless : token.text;
    if (EMBEDDED_IMAGE.test(token.href) || OWN_IMAGE.test(token.href)) {
      return `<img src="${escapeHtml(token.href)}" alt="${escapeHtml(token.text)}">`;
    }
    const target = safeAddress(token.href);
    if (target === null) return escapeHtml(token.text);
    const host = new URL(target).host;
    const label = furniture.image.replace('%s', () => description).replace('%h', () => host);
    const content = this.icon(furniture.imageIcon, 'picture') + escapeHtml(label);
    return this.link(target, content).replace(
      '<a ',
      () => `<a class="foreign-picture" title="${escapeHtml(furniture.imageHint)}" `,
    );
  }

  /** What is explained nowhere is no footnote: it stands as it is written. */
  private footnote({ label, raw }: FootnoteToken): string {
    const { furniture, notes } = this.context;
    if (notes !== null && !notes.has(label)) return escapeHtml(raw);
    return footnoteHtml(
      label,
      furniture.footnote.replace('%s', () => label),
    );
  }

  private footnoteText({ label }: FootnoteToken, content: string): string {
    const { footnote, footnoteBack } = this.context.furniture;
    const name = footnote.replace('%s', () => label);
    return footnoteTextHtml(label, content, { name, back: footnoteBack });
  }

  private checkbox(isDone: boolean): string {
    const { done, open } = this.context.furniture;
    const label = escapeHtml(isDone ? done : open);
    return `<span class="task" role="img" aria-label="${label}">${isDone ? '☑' : '☐'}</span> `;
  }

  private table(head: string, rows: string[]): string {
    const label = escapeHtml(this.context.furniture.table);
    const body = rows.length === 0 ? '' : `<tbody>${rows.join('')}</tbody>`;
    return (
      `<div class="table" role="group" tabindex="0" aria-label="${label}">` +
      `<table><thead>${head}</thead>${body}</table></div>`
    );
  }

  private displayMath(token: MathToken): string {
    if (token.isOpen) return `<p class="math-open"><code>${escapeHtml(token.text)}</code></p>`;
    const label = escapeHtml(this.context.furniture.formula);
    return `<div class="math" role="group" tabindex="0" aria-label="${label}">${this.math(token)}</div>`;
  }

  private math(token: MathToken): string {
    return renderMath(token.text, token.isDisplay);
  }
}

/** The address if it leads to the web or to mail, else null. */
export function safeAddress(href: string): string | null {
  try {
    const url = new URL(href);
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function tableCell(cell: Tokens.TableCell, tag: string, content: string): string {
  const align = cell.align === null ? '' : ` class="align-${cell.align}"`;
  const scope = tag === 'th' ? ' scope="col"' : '';
  return `<${tag}${scope}${align}>${content}</${tag}>`;
}

function hasClosingFence(raw: string): boolean {
  return /^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*\n)? {0,3}\1[`~]*[ \t]*\n*$/.test(raw);
}
