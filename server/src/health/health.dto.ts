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

export class LivenessDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}
