import { ApiProperty } from '@nestjs/swagger';

export class HealthReportDto {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ required: false })
  detail?: string;
}

export class HealthDto {
  @ApiProperty({ enum: ['ok', 'down', 'draining'] })
  status!: 'ok' | 'down' | 'draining';

  @ApiProperty()
  version!: string;

  @ApiProperty({ description: 'Seconds since the process started.' })
  uptimeS!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/HealthReportDto' },
  })
  checks!: Record<string, HealthReportDto>;
}

export class RedisHealthDto {
  @ApiProperty({
    enum: ['ok', 'degraded', 'not_configured'],
    description: 'degraded: Redis does not answer, and every replica counts requests for itself.',
  })
  status!: 'ok' | 'degraded' | 'not_configured';
}

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}
