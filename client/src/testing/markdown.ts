import { IncrementalMarkdown } from '../app/ui/markdown/incremental-markdown';
import { type MarkdownFurniture } from '../app/ui/markdown/markdown-html';

export const FURNITURE: MarkdownFurniture = {
  copyCode: 'Copy code',
  wrapCode: 'Wrap long lines',
  showSource: 'Show the source',
  codeLabel: '%s code',
  plainCodeLabel: 'Code',
  table: 'Table',
  formula: 'Formula',
  done: 'Done',
  open: 'Open',
  image: 'Image: %s (%h)',
  imageNameless: 'no description',
  imageHint: 'opens elsewhere',
  footnote: 'Footnote %s',
  footnoteBack: 'Back to the text',
  copyIcon: 'M0 0',
  copiedIcon: 'M1 1',
  wrapIcon: 'M2 2',
  imageIcon: 'M3 3',
  iconBox: '0 0 1 1',
};

/** A complete text as HTML, not sanitised. */
export function toHtml(text: string): string {
  return new IncrementalMarkdown(FURNITURE).update(text, true).blocks.join('');
}

/** The blocks shown after each of the texts has arrived in turn. */
export function grow(texts: readonly string[], isLastFinal: boolean): string[][] {
  const markdown = new IncrementalMarkdown(FURNITURE);
  let blocks: string[] = [];
  return texts.map((text, index) => {
    const update = markdown.update(text, isLastFinal && index === texts.length - 1);
    blocks = [...blocks.slice(0, update.from), ...update.blocks];
    return blocks;
  });
}
