/** Names the highlights that `styles/_highlights.scss` gives their look. */
const FOUND = 'help-found';

/**
 * The rendered text of a page of the help, as it comes to stand in the page: its headings, and the
 * words somebody looked for, marked without touching what is rendered.
 */
export class RenderedPage {
  private readonly observer: MutationObserver;
  private isPlaced = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly wanted: { heading: number; words: readonly string[] },
  ) {
    this.observer = new MutationObserver(() => this.look());
    this.observer.observe(host, { childList: true, subtree: true });
    this.look();
  }

  /** The heading at this place among them is shown and has the focus; false: it is not there yet. */
  show(index: number): boolean {
    const heading = this.headings()[index];
    if (!heading) return false;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'start' });
    return true;
  }

  close(): void {
    this.observer.disconnect();
    globalThis.CSS?.highlights?.delete(FOUND);
  }

  private headings(): NodeListOf<HTMLElement> {
    return this.host.querySelectorAll('app-markdown :is(h3, h4, h5, h6)');
  }

  private look(): void {
    const ranges = rangesOf(this.host.querySelector('app-markdown'), this.wanted.words);
    // Browsers without highlights show the page as it is.
    if ('highlights' in CSS) CSS.highlights.set(FOUND, new Highlight(...ranges));
    if (this.isPlaced) return;
    if (this.wanted.heading >= 0) this.isPlaced = this.show(this.wanted.heading);
    else if (ranges[0]) {
      this.isPlaced = true;
      ranges[0].startContainer.parentElement?.scrollIntoView({ block: 'center' });
    }
  }
}

/** Where the words stand, in the order of the text. */
function rangesOf(root: Element | null, words: readonly string[]): Range[] {
  if (root === null || words.length === 0) return [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const ranges: Range[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const [start, end] of placesOf(node.nodeValue ?? '', words)) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Where any of the words (in lower case) stand in a text: from and to, each place once. */
export function placesOf(text: string, words: readonly string[]): [from: number, to: number][] {
  const lower = text.toLowerCase();
  if (lower.length !== text.length) return [];
  const places: [number, number][] = [];
  for (let at = 0; at < lower.length; at += 1) {
    const here = words.filter((word) => lower.startsWith(word, at));
    const longest = Math.max(0, ...here.map((word) => word.length));
    if (longest === 0) continue;
    places.push([at, at + longest]);
    at += longest - 1;
  }
  return places;
}

export interface TextPart {
  text: string;
  isFound: boolean;
}

/** A text cut where the words begin and end. */
export function partsOf(text: string, words: readonly string[]): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const [from, to] of placesOf(text, words)) {
    if (from > done) parts.push({ text: text.slice(done, from), isFound: false });
    parts.push({ text: text.slice(from, to), isFound: true });
    done = to;
  }
  if (done < text.length) parts.push({ text: text.slice(done), isFound: false });
  return parts;
}

/** What somebody typed, as the words that the server looks for. */
export function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, 20);
}
