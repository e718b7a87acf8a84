import { escapeHtml } from './html-text';
import { type BlockUpdate } from './incremental-markdown';
import { type MarkdownFurniture } from './markdown-html';

/** One state of one answer, to be rendered. */
export interface RenderRequest {
  /** Numbers the requests, to find the answer to each. */
  sequence: number;
  /** The answer, so that the renderer can go on where it was. */
  document: string;
  text: string;
  isFinal: boolean;
  furniture: MarkdownFurniture;
}

export interface RenderReply extends BlockUpdate {
  sequence: number;
}

/** The reply for a text that cannot be rendered. */
export function asWritten({ sequence, text }: RenderRequest): RenderReply {
  return { sequence, from: 0, blocks: [`<p class="foreign">${escapeHtml(text)}</p>`] };
}
