import createDOMPurify, { type Config, type DOMPurify, type WindowLike } from 'dompurify';

/**
 * The only elements and attributes an answer may consist of: what markdown-html.ts, KaTeX and
 * highlight.js write. Anything else is a mistake there or an attack, and goes.
 */
const TEXT_TAGS = [
  'p',
  'br',
  'hr',
  'h3',
  'h4',
  'h5',
  'h6',
  'ul',
  'ol',
  'li',
  'blockquote',
  'a',
  'img',
  'strong',
  'b',
  'em',
  'i',
  'u',
  's',
  'del',
  'mark',
  'small',
  'sub',
  'sup',
  'kbd',
  'var',
  'samp',
  'code',
  'pre',
  'span',
  'div',
  'button',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
];
const SVG_TAGS = ['svg', 'path', 'line', 'g'];
const MATH_TAGS = [
  'math',
  'mrow',
  'mi',
  'mn',
  'mo',
  'ms',
  'mtext',
  'mspace',
  'msup',
  'msub',
  'msubsup',
  'mfrac',
  'msqrt',
  'mroot',
  'mover',
  'munder',
  'munderover',
  'mmultiscripts',
  'mprescripts',
  'mtable',
  'mtr',
  'mtd',
  'mlabeledtr',
  'mstyle',
  'mpadded',
  'mphantom',
  'menclose',
];
const ATTRIBUTES = [
  'class',
  'href',
  'target',
  'rel',
  'src',
  'alt',
  'title',
  'type',
  'role',
  'tabindex',
  'scope',
  'start',
  'style',
  'xmlns',
  'data-copy',
  'data-wrap',
  'data-diagram',
  'data-source',
  'data-note',
  'data-note-back',
  'data-note-text',
  'aria-pressed',
  'aria-label',
  'aria-hidden',
  'viewbox',
  'preserveaspectratio',
  'd',
  'width',
  'height',
  'x1',
  'x2',
  'y1',
  'y2',
  'stroke-width',
  'display',
  'mathvariant',
  'stretchy',
  'fence',
  'separator',
  'lspace',
  'rspace',
  'accent',
  'accentunder',
  'columnalign',
  'columnspacing',
  'columnlines',
  'rowspacing',
  'rowlines',
  'scriptlevel',
  'displaystyle',
  'depth',
  'voffset',
  'notation',
  'linethickness',
  'minsize',
  'maxsize',
  'mathcolor',
  'mathbackground',
  'movablelimits',
  'symmetric',
  'side',
  'encoding',
];
/** Where a link may lead and what a picture may be. */
const LINK = /^(?:https?|mailto):/i;
const PICTURE =
  /^(?:data:image\/(?:png|jpeg|gif|webp|avif);base64,|\/api\/help\/pictures\/[a-z0-9-]+\.webp$)/i;

/** Styles that would load something. */
export const LOADING_STYLE = /@import|url\(\s*["']?(?!\s*["']?#)|image-set|expression\(/i;

const CONFIG: Config = {
  ALLOWED_TAGS: [...TEXT_TAGS, ...SVG_TAGS, ...MATH_TAGS],
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ADD_URI_SAFE_ATTR: ['aria-label'],
  ALLOW_UNKNOWN_PROTOCOLS: false,
  RETURN_TRUSTED_TYPE: true,
};

/** What a diagram may consist of: shapes, text and their looks. */
const DRAWING: Config = {
  USE_PROFILES: { svg: true, svgFilters: true },
  FORBID_TAGS: ['style', 'a', 'image', 'feimage', 'foreignobject', 'script', 'animate', 'set'],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ALLOW_UNKNOWN_PROTOCOLS: false,
  RETURN_DOM_FRAGMENT: true,
};

/** Trusted Types let a page have one purifier, so it is told what it cleans at the moment. */
let purifier: DOMPurify | null = null;
let isDrawing = false;

/** HTML that may be put into the page; under Trusted Types a TrustedHTML of policy `dompurify`. */
export function sanitize(html: string): string {
  purifier ??= createPurifier(window);
  isDrawing = false;
  return purifier.sanitize(html, CONFIG) as unknown as string;
}

/** The drawing in an SVG, to be shown as a picture; null if there is none. */
export function sanitizeSvg(svg: string): SVGElement | null {
  purifier ??= createPurifier(window);
  isDrawing = true;
  const fragment = purifier.sanitize(svg, DRAWING) as unknown as DocumentFragment;
  return fragment.querySelector('svg');
}

function createPurifier(window: WindowLike): DOMPurify {
  const created = createDOMPurify(window);
  created.addHook('uponSanitizeAttribute', (element, attribute) => {
    const { attrName, attrValue } = attribute;
    const isRight = isDrawing ? isKeptInDrawing : isKept;
    if (!isRight(element, attrName, attrValue)) attribute.keepAttr = false;
  });
  created.addHook('afterSanitizeAttributes', (element) => {
    if (element.tagName !== 'A' || !element.hasAttribute('href')) return;
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noopener noreferrer nofollow');
  });
  return created;
}

/** What the lists above cannot say: an attribute that is right only here or only with such a value. */
function isKept(element: Element, name: string, value: string): boolean {
  if (name === 'href') return LINK.test(value);
  if (name === 'src') return PICTURE.test(value);
  if (name.startsWith('data-note')) return /^[\w.-]{1,40}$/.test(value);
  // Formulas place their parts by inline style; nobody else has reason to.
  if (name === 'style') return element.closest('.katex') !== null && !/url\(/i.test(value);
  return true;
}

/** A drawing refers to its own parts only: arrow heads, gradients, clip paths. */
function isKeptInDrawing(_: Element, name: string, value: string): boolean {
  return /href$/.test(name) ? value.startsWith('#') : !LOADING_STYLE.test(value);
}
