import { BoundedCache } from './bounded-cache';
import { escapeHtml } from './html-text';

type Typeset = (source: string, isDisplay: boolean) => string;

/** Signs without which a text has no formula. */
const DELIMITER = /\$|\\[([]/;

const cache = new BoundedCache<string>(400);
let typeset: Typeset | null = null;

/** Fetches the typesetter, which is the larger part of rendering, once a text may have a formula. */
export async function loadMathFor(text: string): Promise<void> {
  if (typeset !== null || !DELIMITER.test(text)) return;
  try {
    typeset = (await import('./math-engine')).typeset;
  } catch {
    // Not to be had at the moment: formulas are shown as their source, and the next text tries again.
  }
}

/** A formula as HTML and MathML; what cannot be typeset is shown as its source. */
export function renderMath(source: string, isDisplay: boolean): string {
  if (typeset === null) return sourceOf(source);
  const typesetter = typeset;
  return cache.get(`${isDisplay ? 'D' : 'I'}${source}`, () => {
    try {
      return typesetter(source, isDisplay);
    } catch {
      return sourceOf(source);
    }
  });
}

function sourceOf(source: string): string {
  return `<code class="math-source">${escapeHtml(source)}</code>`;
}
