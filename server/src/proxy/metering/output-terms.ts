import { type Funding, type HoldGrant } from '../../budgets/index.js';
import { type CatalogueEntry } from '../../models/index.js';
import { type ModelRequest } from '../requests/model-request.js';
import { type OutputPlan } from '../requests/output-limit.js';

/** More than any answer has. */
const MOST_OUTPUT = 10_000_000;
/** Lumen's count may be above a backend's own, by which the backend keeps a limit. */
const COUNTING_TOLERANCE = 1.25;
const COUNTING_SLACK = 16;

/** How the output of one request is limited. Tokens of all choices together, but for `sentLimit`. */
export interface OutputTerms {
  /** Per choice, to be told to the backend; null: it is told nothing new. */
  readonly sentLimit: number | null;
  /** What may pass without more being held. */
  readonly allowance: number;
  /** Up to where holding more makes sense. */
  readonly mostHeld: number;
  /** What may pass when that much is held. */
  readonly mostAllowed: number;
  /** A report above is not believed. */
  readonly plausibleOutput: number;
}

/** Nothing is produced that is charged by tokens; whatever comes may pass. */
const NO_OUTPUT: OutputTerms = Object.freeze({
  sentLimit: null,
  allowance: Infinity,
  mostHeld: 0,
  mostAllowed: Infinity,
  plausibleOutput: 0,
});

export interface OutputFacts {
  readonly request: ModelRequest;
  readonly entry: CatalogueEntry;
  readonly funding: Funding;
  readonly plan: OutputPlan;
  readonly grant: HoldGrant | null;
}

/**
 * A backend that was told a limit keeps it, so that nothing more need be held; one that does not is
 * stopped a little above. What cannot be stopped on its way, an answer in one piece or thoughts that
 * nobody sees: where output costs something, the backend is always told.
 */
export function outputTerms(facts: OutputFacts): OutputTerms {
  const { request, entry, funding, plan, grant } = facts;
  if (request.output === null) return NO_OUTPUT;
  const { choices, limit } = request.output;
  const own = limit === null ? Infinity : limit * choices;
  const isPaid = funding.tokens !== null || (funding.coins !== null && isPriced(entry));
  if (grant === null || !isPaid) return unlimited(own, choices, entry);
  const held = grant.outputTokens;
  const isTold = plan.isWhole || held < plan.held;
  const sentLimit = isTold ? Math.floor(held / choices) : null;
  const mostHeld = sentLimit === null ? own : Math.min(own, sentLimit * choices);
  const mostAllowed = mostHeld * COUNTING_TOLERANCE + COUNTING_SLACK;
  return {
    sentLimit,
    allowance: held >= mostHeld ? mostAllowed : held,
    mostHeld,
    mostAllowed,
    plausibleOutput: Math.min(mostHeld, mostOf(choices, entry)),
  };
}

function unlimited(own: number, choices: number, entry: CatalogueEntry): OutputTerms {
  return {
    sentLimit: null,
    allowance: Infinity,
    mostHeld: 0,
    mostAllowed: Infinity,
    plausibleOutput: Math.min(own, mostOf(choices, entry)),
  };
}

function isPriced({ prices }: CatalogueEntry): boolean {
  return prices.outputPerMillion > 0n;
}

function mostOf(choices: number, { maxOutputTokens, contextWindow }: CatalogueEntry): number {
  return (maxOutputTokens ?? contextWindow ?? MOST_OUTPUT) * choices;
}
