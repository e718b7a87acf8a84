import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { type ModelAccess } from '../config/index.js';
import { ACCESS_RULES, type AccessRule } from './decide.js';
import { explain } from './explain.js';
import { type ModelStanding } from './model-standing.js';

const ACCESS = ['allowed', 'needs_ack', 'blocked'];

export class AcknowledgementTextDto {
  @ApiProperty({ description: 'What is shown and agreed to.' })
  text!: string;

  @ApiProperty({ description: 'Tells this text from another; sent back with the agreement.' })
  textHash!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  acknowledgedAt!: string | null;
}

export class ModelStandingDto {
  @ApiProperty()
  model!: string;

  @ApiProperty({ type: String, nullable: true })
  description!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Shown wherever it is chosen.' })
  notice!: string | null;

  @ApiProperty({ description: 'Hidden from everybody.' })
  isDisabled!: boolean;

  @ApiProperty({ enum: ACCESS, description: 'Now; an acknowledgement makes needs_ack allowed.' })
  access!: ModelAccess;

  @ApiProperty({ enum: ACCESS, description: 'What the rules say, acknowledged or not.' })
  decision!: ModelAccess;

  @ApiProperty({ enum: [...ACCESS_RULES, 'key_limit'], description: 'The rule that decided.' })
  rule!: AccessRule;

  @ApiProperty({ description: 'Whose setting it is.', example: 'group staff' })
  scope!: string;

  @ApiProperty({ example: 'blocked: listed under model_access.blocked of group staff' })
  explanation!: string;

  @ApiProperty({
    type: AcknowledgementTextDto,
    nullable: true,
    description: 'Null where the rules ask for none.',
  })
  acknowledgement!: AcknowledgementTextDto | null;

  static from(this: void, standing: ModelStanding): ModelStandingDto {
    const { entry, access, decision, text, acknowledgedAt } = standing;
    return {
      model: entry.id,
      description: entry.description,
      notice: entry.notice,
      isDisabled: entry.isDisabled,
      access,
      decision: decision.access,
      rule: decision.rule,
      scope: decision.scope,
      explanation: explain(decision),
      acknowledgement: text && {
        text: text.text,
        textHash: text.hash,
        acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
      },
    };
  }
}

export class ModelStandingListDto {
  @ApiProperty({ type: [ModelStandingDto] })
  models!: ModelStandingDto[];
}

export class GiveAcknowledgementDto {
  @ApiProperty({ description: 'The id of the model.', minLength: 1, maxLength: 256 })
  @IsString({ message: 'model is the id of a model.' })
  @Length(1, 256, { message: 'model is the id of a model, at most 256 characters.' })
  model!: string;

  @ApiProperty({ description: 'textHash of the text that was shown.' })
  @IsString({ message: 'textHash is the hash of the text that was shown.' })
  @Matches(/^[\w-]{43}$/, { message: 'textHash is the hash of the text that was shown.' })
  textHash!: string;
}
