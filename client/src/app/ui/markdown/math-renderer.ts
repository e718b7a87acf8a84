import { BoundedCache } from './bounded-cache';
import { escapeHtml } from './html-text';

type Typeset = (source: string, isDisplay: boolean) => string;

const cache = new BoundedCache<string>(400);
let typeset: Typeset | null = null;
let isWished = false;

/** Whether a formula was shown as its source since this was asked last, for want of the typesetter. */
export function takeMathWish(): boolean {
  const wish = isWished;
  isWished = false;
  return wish;
}

/** Fetches the typesetter, which is the larger part of rendering. */
export async function loadMath(): Promise<void> {
  try {
    typeset = (await import('./math-engine')).typeset;
  } catch {
    // Not to be had at the moment: formulas are shown as their source, and the next text tries again.
  }
}

/** A formula as HTML and MathML; what cannot be typeset is shown as its source. */
export function renderMath(source: string, isDisplay: boolean): string {
  if (typeset === null) {
    isWished = true;
    return sourceOf(source);
  }
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
