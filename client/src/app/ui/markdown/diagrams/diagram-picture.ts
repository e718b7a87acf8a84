import { escapeHtml } from '../html-text';
import { LOADING_STYLE, sanitizeSvg } from '../sanitizer';

/** A drawing that may be shown: as a picture, which runs nothing and loads nothing. */
export interface DiagramPicture {
  file: Blob;
  width: number;
  height: number;
  /** What the diagram says it is about (`accTitle`, `accDescr`, a title). */
  title: string;
}

const MAX_SVG_CHARACTERS = 3_000_000;
const STYLES = /<style[^>]*>([^<]*)<\/style>/gi;

/** The picture of an SVG; null if it is none, or too large to be shown. */
export function pictureOf(svg: string): DiagramPicture | null {
  if (svg.length > MAX_SVG_CHARACTERS) return null;
  // The page's policy lets no style sheet in, not even to be looked at; the picture may have its own.
  const styles = [...svg.matchAll(STYLES)].map(([, css = '']) => css);
  const root = sanitizeSvg(svg.replace(STYLES, ''));
  const size = root === null ? null : sizeOf(root);
  if (root === null || size === null) return null;
  // A picture without a size of its own would be 300 by 150.
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  root.removeAttribute('style');
  const text = withStyles(new XMLSerializer().serializeToString(root), styles);
  return { file: new Blob([text], { type: 'image/svg+xml' }), ...size, title: titleOf(root) };
}

function withStyles(text: string, styles: string[]): string {
  const css = styles.filter((style) => !LOADING_STYLE.test(style)).map(unescaped);
  return text.replace('>', () => `><style>${escapeHtml(css.join(''))}</style>`);
}

/** The child combinator is escaped where a style sheet went through a serialiser. */
function unescaped(css: string): string {
  return css.replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function sizeOf(root: SVGElement): { width: number; height: number } | null {
  const [, , width = NaN, height = NaN] = (root.getAttribute('viewBox') ?? '')
    .split(/[\s,]+/)
    .map(Number);
  return width > 0 && height > 0 ? { width: Math.ceil(width), height: Math.ceil(height) } : null;
}

function titleOf(root: SVGElement): string {
  const parts = [...root.children].filter(({ tagName }) => /^(?:title|desc)$/i.test(tagName));
  const own = root.querySelector('.pieTitleText, .titleText, .flowchartTitleText');
  const texts = [...parts, own].map((part) => part?.textContent.trim() ?? '');
  return texts.filter((text) => text !== '').join('. ');
}
