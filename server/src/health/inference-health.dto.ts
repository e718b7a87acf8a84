import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  type EndpointStanding,
  endpointStanding,
  type EndpointState,
  type ModelStatus,
} from '../models/index.js';
import { type ModelHealth, overallStatus } from './inference-health.service.js';

const STATUSES = ['ok', 'degraded', 'down'] as const;

export class ModelCountsDto {
  @ApiProperty()
  total!: number;

  @ApiProperty({ description: 'All endpoints work.' })
  ok!: number;

  @ApiProperty({ description: 'Some endpoints work.' })
  degraded!: number;

  @ApiProperty({ description: 'No endpoint works, or there is none.' })
  down!: number;
}

export class EndpointHealthDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({
    enum: ['up', 'trial', 'down'],
    description: 'trial: it was left out, and the next request decides whether it works again.',
  })
  status!: EndpointStanding;

  @ApiProperty({ type: Number, nullable: true, description: 'Of the last probe.' })
  latencyMs!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  probedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why the last probe failed.' })
  error!: string | null;

  @ApiProperty({ description: 'Failures in a row, of requests and probes.' })
  consecutiveFailures!: number;

  @ApiProperty({ description: 'Requests under way here, from this replica.' })
  inFlight!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Left out so long.',
  })
  ejectedUntil!: string | null;

  static from(this: void, state: EndpointState): EndpointHealthDto {
    const { endpoint, lastProbe, consecutiveFailures, inFlight, ejectedUntil } = state;
    return {
      id: endpoint.id,
      url: endpoint.url,
      status: endpointStanding(state),
      latencyMs: lastProbe ? Math.round(lastProbe.latencyMs) : null,
      probedAt: lastProbe?.at.toISOString() ?? null,
      error: lastProbe?.isOk === false ? (lastProbe.detail ?? 'failed') : null,
      consecutiveFailures,
      inFlight,
      ejectedUntil: ejectedUntil?.toISOString() ?? null,
    };
  }
}

export class ModelHealthDto {
  @ApiProperty()
  model!: string;

  @ApiProperty({ enum: STATUSES })
  status!: ModelStatus;

  @ApiProperty({ description: 'Requests that wait for an endpoint, at this replica.' })
  waiting!: number;

  @ApiProperty({ type: [EndpointHealthDto] })
  endpoints!: EndpointHealthDto[];

  static from(this: void, { entry, status, endpoints }: ModelHealth): ModelHealthDto {
    const waiting = endpoints[0]?.waiting ?? 0;
    return { model: entry.id, status, waiting, endpoints: endpoints.map(EndpointHealthDto.from) };
  }
}

export class InferenceHealthDto {
  @ApiProperty({ enum: STATUSES, description: 'ok: all models are; down: all models are.' })
  status!: ModelStatus;

  @ApiProperty({ type: ModelCountsDto })
  models!: ModelCountsDto;

  @ApiPropertyOptional({
    type: [ModelHealthDto],
    description: 'For administrators, engineers and the monitoring token.',
  })
  details?: ModelHealthDto[];

  static of(models: readonly ModelHealth[], showsDetails: boolean): InferenceHealthDto {
    const count = (wanted: ModelStatus) => models.filter(({ status }) => status === wanted).length;
    const counts = {
      total: models.length,
      ok: count('ok'),
      degraded: count('degraded'),
      down: count('down'),
    };
    const plain = { status: overallStatus(models), models: counts };
    return showsDetails ? { ...plain, details: models.map(ModelHealthDto.from) } : plain;
  }
}
