import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { pageOf, pageQueryOf } from '../../infrastructure/http/page-query.dto.js';
import {
  CHECK_SPANS,
  type CheckBar,
  type CheckSpan,
  type EndpointState,
  endpointStanding,
} from '../../models/index.js';

const STANDINGS = ['up', 'trial', 'down'] as const;
type Standing = (typeof STANDINGS)[number];

export class ListEndpointsDto extends pageQueryOf(['model', 'url', 'status', 'inFlight']) {
  @ApiPropertyOptional({ enum: STANDINGS })
  @IsOptional()
  @IsIn(STANDINGS, { message: `status is one of ${STANDINGS.join(', ')}.` })
  status?: Standing;

  @ApiPropertyOptional({
    enum: CHECK_SPANS,
    default: 'hour',
    description: 'What a bar stands for.',
  })
  @IsIn(CHECK_SPANS, { message: `span is one of ${CHECK_SPANS.join(', ')}.` })
  span: CheckSpan = 'hour';
}

export class CheckBarDto {
  @ApiProperty({ format: 'date-time' })
  startsAt!: string;

  @ApiProperty()
  ok!: number;

  @ApiProperty()
  failed!: number;

  @ApiProperty({ type: String, nullable: true })
  lastError!: string | null;

  static from(this: void, { startsAt, ok, failed, lastError }: CheckBar): CheckBarDto {
    return { startsAt: new Date(startsAt).toISOString(), ok, failed, lastError };
  }
}

/** An endpoint as this replica sees it, and how its checks ended at all of them. */
export class CheckedEndpointDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  model!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: STANDINGS, description: 'trial: left out, and tried again now.' })
  status!: Standing;

  @ApiProperty({ description: 'Requests under way here, from this replica.' })
  inFlight!: number;

  @ApiProperty({ description: 'Requests that wait for any endpoint of the model.' })
  waiting!: number;

  @ApiProperty({ description: 'Failures in a row, of requests and checks.' })
  consecutiveFailures!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  ejectedUntil!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  checkedAt!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Of the last check.' })
  latencyMs!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the last check that failed.' })
  lastError!: string | null;

  @ApiProperty({ type: [CheckBarDto], description: '90 of them, oldest first.' })
  bars!: CheckBarDto[];

  static from(
    this: void,
    model: string,
    state: EndpointState,
    bars: readonly CheckBar[],
  ): CheckedEndpointDto {
    const { endpoint, inFlight, waiting, consecutiveFailures, ejectedUntil, lastProbe } = state;
    const failed = lastProbe?.isOk === false ? (lastProbe.detail ?? 'failed') : null;
    return {
      id: endpoint.id,
      model,
      url: endpoint.url,
      status: endpointStanding(state),
      inFlight,
      waiting,
      consecutiveFailures,
      ejectedUntil: ejectedUntil?.toISOString() ?? null,
      checkedAt: lastProbe?.at.toISOString() ?? null,
      latencyMs: lastProbe ? Math.round(lastProbe.latencyMs) : null,
      lastError: failed ?? bars.findLast(({ lastError }) => lastError !== null)?.lastError ?? null,
      bars: bars.map(CheckBarDto.from),
    };
  }
}

export class CheckedEndpointPageDto extends pageOf(CheckedEndpointDto) {}

export class TestEndpointDto {
  @ApiPropertyOptional({ description: 'Ask for a streamed answer.' })
  @IsOptional()
  @IsBoolean({ message: 'stream is true or false.' })
  stream?: boolean;
}
