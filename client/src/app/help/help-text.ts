export interface HelpHeading {
  /** From 2. */
  depth: number;
  title: string;
  /** As links to it say, without the `#`. */
  anchor: string;
}

const FENCE = /^(`{3,}|~{3,})/;
const HEADING = /^(#{2,4}) +(.+?) *#*$/;

/** The headings of a page in Markdown, in order; what stands in code is none. */
export function headingsOf(text: string): HelpHeading[] {
  const headings: HelpHeading[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1] ?? '';
    if (fence === '' && mark !== '') fence = mark;
    else if (mark.startsWith(fence) && mark !== '') fence = '';
    const [, hashes, title] = (fence === '' && HEADING.exec(line)) || [];
    if (hashes !== undefined && title !== undefined) {
      const words = plain(title);
      headings.push({ depth: hashes.length, title: words, anchor: anchorOf(words) });
    }
  }
  return headings;
}

/** Links of the portal as whole addresses: others are not links to the renderer. */
export function withWholeAddresses(text: string, origin: string): string {
  return text.replaceAll('](/help/', `](${origin}/help/`);
}

function plain(title: string): string {
  return title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_`]/g, '');
}

/** As GitHub makes them. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
