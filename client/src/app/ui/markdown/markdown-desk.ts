import { IncrementalMarkdown } from './incremental-markdown';
import { loadMathFor } from './math-renderer';
import { type RenderReply, type RenderRequest, asWritten } from './markdown-messages';

/** Answers still growing; a finished one is forgotten. */
const MAX_DOCUMENTS = 8;
const documents = new Map<string, IncrementalMarkdown>();

/**
 * Answers a request, in the worker or, where there is none, on the main thread. A text that
 * breaks the renderer is shown as it is written.
 */
export async function render(request: RenderRequest): Promise<RenderReply> {
  await loadMathFor(request.text);
  const key = `${request.document} ${request.furniture.copyCode}`;
  try {
    const document = documents.get(key) ?? open(key, request);
    const update = document.update(request.text, request.isFinal);
    if (request.isFinal) documents.delete(key);
    return { sequence: request.sequence, ...update };
  } catch (error) {
    console.warn('This Markdown could not be rendered.', error);
    documents.delete(key);
    return asWritten(request);
  }
}

function open(key: string, request: RenderRequest): IncrementalMarkdown {
  const [oldest] = documents.keys();
  if (documents.size >= MAX_DOCUMENTS && oldest !== undefined) documents.delete(oldest);
  const created = new IncrementalMarkdown(request.furniture);
  documents.set(key, created);
  return created;
}
