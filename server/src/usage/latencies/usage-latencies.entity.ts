import { Entity, PrimaryColumn } from 'typeorm';
import { IntegerColumn, LongTextColumn } from '../../infrastructure/database/columns.js';

/** How long requests of an hour or a day (UTC) took, by model and source (`model-latencies.ts`). */
@Entity({ name: 'usage_latencies' })
export class UsageLatencies {
  /** Its beginning, in milliseconds since 1970. */
  @PrimaryColumn({ type: 'bigint', name: 'start' })
  start!: number;

  /** Its end, not included. */
  @PrimaryColumn({ type: 'bigint', name: 'until' })
  until!: number;

  /** That there were when this was kept; if there are more by now, it is made anew. */
  @IntegerColumn('requests')
  requests!: number;

  @LongTextColumn('latencies')
  latencies!: string;
}
