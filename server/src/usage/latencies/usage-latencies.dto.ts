import { ApiProperty } from '@nestjs/swagger';
import { type LatencyHistogram } from './latency-histogram.js';
import { type Latencies } from './model-latencies.js';

/** Milliseconds that half and all but a twentieth of some requests took, or fewer. */
export class QuantilesDto {
  @ApiProperty({ description: 'How many requests these are of.' })
  count!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Within a twentieth of what is exact.',
  })
  p50Ms!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Within a twentieth of what is exact.',
  })
  p95Ms!: number | null;

  static of(this: void, histogram: LatencyHistogram): QuantilesDto {
    const { count } = histogram;
    return { count, p50Ms: histogram.quantile(0.5), p95Ms: histogram.quantile(0.95) };
  }
}

export class LatenciesDto {
  @ApiProperty({ type: QuantilesDto, description: 'Until the first bytes of a stream.' })
  firstToken!: QuantilesDto;

  @ApiProperty({
    type: QuantilesDto,
    description: 'Until the end of an answer that was completed.',
  })
  whole!: QuantilesDto;

  static of(this: void, { firstToken, whole }: Latencies): LatenciesDto {
    return { firstToken: QuantilesDto.of(firstToken), whole: QuantilesDto.of(whole) };
  }
}

export class ModelLatenciesDto extends LatenciesDto {
  @ApiProperty()
  model!: string;
}

export class UsageLatenciesDto {
  @ApiProperty({
    type: LatenciesDto,
    nullable: true,
    description: 'Null where it is about some people, clients, keys or endpoints: not told apart.',
  })
  total!: LatenciesDto | null;

  @ApiProperty({ type: [ModelLatenciesDto], description: 'Those that answered most come first.' })
  models!: ModelLatenciesDto[];

  /** What is answered where it is not told apart. */
  static none(this: void): UsageLatenciesDto {
    return { total: null, models: [] };
  }

  static of(this: void, found: LatenciesFound): UsageLatenciesDto {
    const models = [...found.models]
      .map(([model, latencies]) => ({ model, ...LatenciesDto.of(latencies) }))
      .sort((one, other) => other.whole.count - one.whole.count);
    return { total: LatenciesDto.of(found.total), models };
  }
}

interface LatenciesFound {
  readonly total: Latencies;
  readonly models: ReadonlyMap<string, Latencies>;
}
