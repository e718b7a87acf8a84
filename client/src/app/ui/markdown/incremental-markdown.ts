import { type Token } from 'marked';
import remend from 'remend';

import { explained } from './footnotes';
import { HeadingOutline } from './heading-outline';
import { inParts } from './long-blocks';
import { MarkdownHtml, type MarkdownFurniture } from './markdown-html';

/** Blocks an answer consists of from `from` on; those before are as they were. */
export interface BlockUpdate {
  from: number;
  /** HTML of each block, not yet sanitised. */
  blocks: string[];
}

/** Blocks at the end that later text may still change: `1. a`, then `2` before it becomes `2. b`. */
const UNSETTLED_BLOCKS = 2;

/** A block's HTML, and the outline as the block leaves it to the next one. */
interface Rendered {
  html: string;
  outline: HeadingOutline;
}

const STREAMING = new MarkdownHtml(true);
const FINAL = new MarkdownHtml(false);

/**
 * Renders one answer while it grows. Blocks that cannot change any more are rendered once and
 * never looked at again, so the work for each update is that of the last blocks only.
 */
export class IncrementalMarkdown {
  private settledText = '';
  private settledCount = 0;
  private outline = new HeadingOutline();
  private notes: ReadonlySet<string> | null = null;
  /** The blocks rendered last, by what they were rendered from. */
  private recent = new Map<string, Rendered>();

  constructor(private readonly furniture: MarkdownFurniture) {}

  /**
   * The answer's text so far. It normally continues the one of the last call; if it does not,
   * everything is rendered anew. So it is when the text is final: what later parts explain, such
   * as where a link leads, then reaches earlier ones, and a guess made on the way is put right.
   */
  update(text: string, isFinal: boolean): BlockUpdate {
    const source = text.replace(/\r\n?/g, '\n');
    if (isFinal || !source.startsWith(this.settledText)) this.reset();
    if (isFinal) return { from: 0, blocks: this.render(this.finalBlocks(source), FINAL) };
    const from = this.settledCount;
    return { from, blocks: this.grow(source.slice(this.settledText.length)) };
  }

  private finalBlocks(source: string): Token[] {
    const blocks = FINAL.lex(source).filter(isBlock);
    this.notes = explained(blocks);
    return blocks.flatMap((block) => inParts(block, (piece) => FINAL.lex(piece).filter(isBlock)));
  }

  private reset(): void {
    this.settledText = '';
    this.settledCount = 0;
    this.outline = new HeadingOutline();
    this.notes = null;
    this.recent.clear();
  }

  private grow(tail: string): string[] {
    const all = STREAMING.lex(tail);
    const blocks = all.filter(isBlock);
    const settled = this.settle(all, blocks.slice(0, -UNSETTLED_BLOCKS), tail);
    const outline = this.outline.copy();
    const unsettled = blocks.slice(settled.length).map(repairedIfLast);
    const html = [...settled, ...this.render(unsettled, STREAMING)];
    this.outline = outline;
    return html;
  }

  /** Renders blocks for good and moves the border behind them. */
  private settle(all: Token[], blocks: Token[], tail: string): string[] {
    const last = blocks.at(-1);
    if (last === undefined) return [];
    const upToLast = all.slice(0, all.indexOf(last) + 1);
    const length = upToLast.reduce((sum, token) => sum + token.raw.length, 0);
    // The raw texts add up to the source. Should they ever not, nothing is settled: slow, but right.
    if (tail.slice(length - last.raw.length, length) !== last.raw) return [];
    this.settledText += tail.slice(0, length);
    this.settledCount += blocks.length;
    return this.render(blocks, STREAMING);
  }

  private render(blocks: Token[], writer: MarkdownHtml): string[] {
    const known = this.recent;
    this.recent = new Map();
    return blocks.map((block) => {
      const key = `${block.type} ${this.outline.key} ${block.raw}`;
      const rendered = known.get(key) ?? this.renderBlock(block, writer);
      this.recent.set(key, rendered);
      this.outline = rendered.outline.copy();
      return rendered.html;
    });
  }

  private renderBlock(block: Token, writer: MarkdownHtml): Rendered {
    const outline = this.outline.copy();
    const { furniture, notes } = this;
    return { html: writer.render(block, { furniture, outline, notes }), outline };
  }
}

function isBlock(token: Token): boolean {
  return token.type !== 'space' && token.type !== 'def';
}

/** Closes what the last block has opened and not yet closed (bold, code, links), for display only. */
function repairedIfLast(block: Token, index: number, all: Token[]): Token {
  if (index < all.length - 1 || block.type === 'code' || block.type === 'blockMath') return block;
  const source = remend(block.raw, {
    linkMode: 'text-only',
    katex: false,
    comparisonOperators: false,
    singleTilde: false,
  });
  if (source === block.raw) return block;
  const repaired = STREAMING.lex(source).filter(isBlock);
  return repaired.length === 1 && repaired[0] !== undefined ? repaired[0] : block;
}
