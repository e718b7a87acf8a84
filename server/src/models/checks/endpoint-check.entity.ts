import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IntegerColumn, TextColumn } from '../../infrastructure/database/columns.js';
import { type CheckSpan } from './check-spans.js';

/** How the health checks of one endpoint ended within one hour or day (UTC), at all replicas. */
@Entity({ name: 'endpoint_checks' })
@Index('endpoint_checks_span_starts_at', ['span', 'startsAt'])
export class EndpointCheck {
  @PrimaryColumn({ type: 'varchar', length: 32, name: 'endpoint_id' })
  endpointId!: string;

  @PrimaryColumn({ type: 'varchar', length: 8 })
  span!: CheckSpan;

  /** Milliseconds since 1970. */
  @PrimaryColumn({ type: 'bigint', name: 'starts_at' })
  startsAt!: number;

  @IntegerColumn('ok')
  ok!: number;

  @IntegerColumn('failed')
  failed!: number;

  @TextColumn(500, { name: 'last_error', nullable: true })
  lastError!: string | null;
}
