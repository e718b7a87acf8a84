/** How a request ended, whatever its status says. */
export type RequestOutcome =
  /** The whole answer was relayed. */
  | 'completed'
  /** Refused before a backend was asked. */
  | 'refused'
  /** The backend failed, before or within its answer. */
  | 'failed'
  /** The caller left before the end. */
  | 'cancelled';

export type RequestSource = 'api' | 'chat';

/**
 * How sure the tokens are. `exact`: the backend reported them, zero included. `estimated`: it reported
 * none that make sense, so Lumen counted. `partial`: the answer was not completed; what had been
 * produced is counted, by the backend's own interim report where there was one.
 */
export type UsageAccuracy = 'exact' | 'estimated' | 'partial';

/** Tokens as the backend reported them; null where it reported none. */
export interface TokenUsage {
  promptTokens: number | null;
  completionTokens: number | null;
  cachedTokens: number | null;
  reasoningTokens: number | null;
}

/** One row of the request log: who asked what of which model, and what came of it. Never content. */
export interface RequestRecord extends TokenUsage {
  id: string;
  requestId: string;
  startedAt: Date;
  /** The person who asked; null for a client. */
  userId: string | null;
  clientId: string | null;
  apiKeyId: string | null;
  source: RequestSource;
  /** The address below `/v1`, such as `chat/completions`. */
  operation: string;
  model: string;
  /** URL of the endpoint that served. */
  endpoint: string | null;
  isStream: boolean;
  status: number;
  errorCode: string | null;
  outcome: RequestOutcome;
  firstByteMs: number | null;
  durationMs: number;
  /** Nano-coins at the prices in force when the request began, whoever pays; null: nothing was used. */
  cost: bigint | null;
  accuracy: UsageAccuracy | null;
  /** The pool of coins that paid `cost`; null: no pool of coins limits the owner. */
  coinPoolId: string | null;
  /** Nano-coins held for the request at the most. */
  coinsHeld: bigint | null;
  /** The pool of tokens that paid prompt and completion tokens. */
  tokenPoolId: string | null;
  tokensHeld: bigint | null;
  /** Length of the audio that was billed; null: none was. */
  audioMs: number | null;
  /** JSON: the attempts that came before the one that counts (`FailedAttempt[]`); null: there were none. */
  attempts: string | null;
}

/** An endpoint that was asked and did not serve. */
export interface FailedAttempt {
  readonly endpoint: string;
  /** The backend's status; null: it did not answer. */
  readonly status: number | null;
  readonly code: string;
  /** From its beginning to its failure. */
  readonly ms: number;
}
