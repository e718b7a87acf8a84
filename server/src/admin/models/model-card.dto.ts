import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import {
  ACCESS_RULES,
  type AccessRule,
  AcknowledgementTextDto,
  type ModelStanding,
  ModelStandingDto,
} from '../../access/index.js';
import {
  type EndpointState,
  endpointStanding,
  MODEL_STATUSES,
  modelLoad,
  type ModelStatus,
  modelStatus,
  MOST_LOAD,
} from '../../models/index.js';
import { PricedModelDto } from './described-model.dto.js';

const ACCESS = ['allowed', 'needs_ack', 'blocked'] as const;

/** A model as everybody may know it, and how the caller stands to it. */
export class ModelCardDto extends PricedModelDto {
  @ApiProperty({ enum: ACCESS, description: 'In the chat, now.' })
  access!: (typeof ACCESS)[number];

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

  @ApiProperty({ enum: MODEL_STATUSES })
  status!: ModelStatus;

  @ApiProperty({ description: 'Endpoints that are expected to work.' })
  healthyEndpoints!: number;

  @ApiProperty()
  endpoints!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: MOST_LOAD,
    description: 'How busy it is: 0 nothing is under way, 4 one has to wait; null: not known.',
  })
  load!: number | null;

  static from(this: void, standing: ModelStanding, states: readonly EndpointState[]): ModelCardDto {
    const { entry } = standing;
    const { explanation, acknowledgement, description, notice } = ModelStandingDto.from(standing);
    return {
      ...PricedModelDto.of(entry),
      description,
      notice,
      access: standing.access,
      rule: standing.decision.rule,
      scope: standing.decision.scope,
      explanation,
      acknowledgement,
      status: modelStatus(states),
      healthyEndpoints: states.filter((state) => endpointStanding(state) !== 'down').length,
      endpoints: states.length,
      load: modelLoad(states),
    };
  }
}

export class ModelCardListDto {
  @ApiProperty({ type: [ModelCardDto], description: 'In the order of the catalogue.' })
  models!: ModelCardDto[];
}

export class ModelRequestsDto {
  @ApiProperty({ description: 'An hour ("2026-11-21T10:00:00.000Z") or a day ("2026-11-21").' })
  key!: string;

  @ApiProperty()
  requests!: number;

  @ApiProperty()
  errors!: number;
}

export class EndpointAddressDto {
  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: ['up', 'trial', 'down'] })
  status!: 'up' | 'trial' | 'down';
}

export class ModelPageDto extends ModelCardDto {
  @ApiProperty({ type: [ModelRequestsDto], description: 'Of everybody, the last 24 hours.' })
  hours!: ModelRequestsDto[];

  @ApiProperty({ type: [ModelRequestsDto], description: 'Of everybody, the last 30 days.' })
  days!: ModelRequestsDto[];

  @ApiProperty({
    type: [EndpointAddressDto],
    nullable: true,
    description: 'For engineers and administrators; null for others.',
  })
  addresses!: EndpointAddressDto[] | null;
}

export class ModelPageQueryDto {
  @ApiProperty({ required: false, example: 'Europe/Berlin', description: 'For whole days.' })
  @IsOptional()
  @IsString({ message: 'tz is an IANA time zone.' })
  @MaxLength(64, { message: 'tz is an IANA time zone.' })
  tz?: string;
}

export class ModelReadmeDto {
  @ApiProperty({ type: String, nullable: true, description: 'Markdown; null: it cannot be had.' })
  text!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where it was read.' })
  source!: string | null;
}
