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
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,/i;

const CONFIG: Config = {
  ALLOWED_TAGS: [...TEXT_TAGS, ...SVG_TAGS, ...MATH_TAGS],
  ALLOWED_ATTR: ATTRIBUTES,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ADD_URI_SAFE_ATTR: ['aria-label'],
  ALLOW_UNKNOWN_PROTOCOLS: false,
  RETURN_TRUSTED_TYPE: true,
};

let purifier: DOMPurify | null = null;

/** HTML that may be put into the page; under Trusted Types a TrustedHTML of policy `dompurify`. */
export function sanitize(html: string): string {
  purifier ??= createPurifier(window);
  return purifier.sanitize(html, CONFIG) as unknown as string;
}

function createPurifier(window: WindowLike): DOMPurify {
  const created = createDOMPurify(window);
  created.addHook('uponSanitizeAttribute', (element, attribute) => {
    if (!isKept(element, attribute.attrName, attribute.attrValue)) attribute.keepAttr = false;
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
  // Formulas place their parts by inline style; nobody else has reason to.
  if (name === 'style') return element.closest('.katex') !== null && !/url\(/i.test(value);
  return true;
}
