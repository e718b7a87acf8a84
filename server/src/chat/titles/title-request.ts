import { type CatalogueEntry, type ModelEndpoint } from '../../models/index.js';
import { outputLimit } from '../answers/output-limit.js';

/** Enough for a title, and for a little thinking before it. */
const MOST_TOKENS = 200;
/** What a model thinks counts as well; with less it would be cut before it has said a word. */
const MOST_TOKENS_THINKING = 2_000;
const SHOWN_CHARACTERS = 2_000;
const TASK =
  'Write a title of at most six words for this conversation, in its language. Answer with the title alone: no quotation marks, no full stop, nothing else.';

/** The body of the request that asks a model for a title. */
export function titleRequest(
  { supportsReasoning }: Pick<CatalogueEntry, 'supportsReasoning'>,
  endpoint: ModelEndpoint,
  { question, answer }: { question: string; answer: string },
): Record<string, unknown> {
  const exchange = `${question.slice(0, SHOWN_CHARACTERS)}\n\n---\n\n${answer.slice(0, SHOWN_CHARACTERS)}`;
  return {
    model: endpoint.upstreamModel,
    messages: [
      { role: 'system', content: TASK },
      { role: 'user', content: exchange.toWellFormed() },
    ],
    ...outputLimit(
      { endpoints: [endpoint] },
      supportsReasoning ? MOST_TOKENS_THINKING : MOST_TOKENS,
    ),
    stream: false,
  };
}
