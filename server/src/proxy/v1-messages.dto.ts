import { ApiProperty } from '@nestjs/swagger';

/** As Anthropic's API spells it. */
export class InputTokensDto {
  @ApiProperty({ description: 'About how many tokens the prompt has.' })
  readonly input_tokens!: number;
}
