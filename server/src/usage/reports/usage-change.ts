import { ApiProperty } from '@nestjs/swagger';
import { type UsageSums } from '../rollups/usage-sums.js';

/** By how much more than in the period before, as a fraction; null where there was nothing. */
export class UsageChangeDto {
  @ApiProperty({ type: Number, nullable: true, example: 0.25 })
  requests!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  errors!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  tokens!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  cost!: number | null;
}

export function changeOf(now: UsageSums, before: UsageSums): UsageChangeDto {
  return {
    requests: fraction(now.requests, before.requests),
    errors: fraction(now.errors, before.errors),
    tokens: fraction(
      now.promptTokens + now.completionTokens,
      before.promptTokens + before.completionTokens,
    ),
    cost: fraction(Number(now.cost), Number(before.cost)),
  };
}

const fraction = (now: number, before: number) =>
  before === 0 ? null : Math.round(((now - before) / before) * 10_000) / 10_000;
