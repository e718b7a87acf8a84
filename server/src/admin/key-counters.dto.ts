import { ApiProperty } from '@nestjs/swagger';

export class KeyCountersDto {
  @ApiProperty({ format: 'uuid' })
  keyId!: string;

  @ApiProperty({ description: 'Requests since the key was made, refused ones included.' })
  requests!: number;

  @ApiProperty()
  promptTokens!: number;

  @ApiProperty()
  completionTokens!: number;
}

export class KeyCountersListDto {
  @ApiProperty({ type: [KeyCountersDto], description: 'A key that was never used is missing.' })
  counters!: KeyCountersDto[];
}
