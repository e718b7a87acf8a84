import { AmountColumn, IntegerColumn } from '../../infrastructure/database/columns.js';

/** The columns of sums that all rollups have in common. */
export abstract class RollupSums {
  @IntegerColumn('requests')
  requests!: number;

  @IntegerColumn('errors')
  errors!: number;

  @IntegerColumn('cancelled')
  cancelled!: number;

  @IntegerColumn('prompt_tokens')
  promptTokens!: number;

  @IntegerColumn('completion_tokens')
  completionTokens!: number;

  @IntegerColumn('cached_tokens')
  cachedTokens!: number;

  @IntegerColumn('reasoning_tokens')
  reasoningTokens!: number;

  @AmountColumn('cost')
  cost!: bigint;

  @IntegerColumn('duration_ms')
  durationMs!: number;

  @IntegerColumn('first_byte_ms')
  firstByteMs!: number;

  @IntegerColumn('first_bytes')
  firstBytes!: number;
}
