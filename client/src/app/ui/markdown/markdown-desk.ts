import { loadGrammars, takeGrammarWish } from './highlight';
import { IncrementalMarkdown } from './incremental-markdown';
import { loadMath, takeMathWish } from './math-renderer';
import { type RenderReply, type RenderRequest, asWritten } from './markdown-messages';

/** Answers still growing; a finished one is forgotten. */
const MAX_DOCUMENTS = 8;
const documents = new Map<string, IncrementalMarkdown>();

/**
 * Answers a request, in the worker or, where there is none, on the main thread. What only some texts
 * need is fetched when one turns out to need it. A text that breaks the renderer is shown as it is
 * written.
 */
export async function render(request: RenderRequest): Promise<RenderReply> {
  const reply = rendered(request);
  const fetched = [takeMathWish() && loadMath(), takeGrammarWish() && loadGrammars()];
  if (!fetched.some(Boolean)) return reply;
  await Promise.all(fetched);
  documents.delete(keyOf(request));
  const better = rendered(request);
  // What could not be fetched is wished for by the next text anew, not by this one again.
  takeMathWish();
  takeGrammarWish();
  return better;
}

function rendered(request: RenderRequest): RenderReply {
  const key = keyOf(request);
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

const keyOf = ({ document, furniture }: RenderRequest): string =>
  `${document} ${furniture.copyCode}`;

function open(key: string, request: RenderRequest): IncrementalMarkdown {
  const [oldest] = documents.keys();
  if (documents.size >= MAX_DOCUMENTS && oldest !== undefined) documents.delete(oldest);
  const created = new IncrementalMarkdown(request.furniture);
  documents.set(key, created);
  return created;
}
