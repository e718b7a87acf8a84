import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ModelStandingDto, type ModelStanding, type OwnerAccess } from '../access/index.js';
import { type Page } from '../infrastructure/database/page.js';
import { pageOf, pageQueryOf } from '../infrastructure/http/page-query.dto.js';

const ACCESS = ['allowed', 'needs_ack', 'blocked'] as const;

/** Searched by the id of the model. */
export class EffectiveAccessQueryDto extends pageQueryOf(['model', 'access']) {
  @ApiPropertyOptional({ enum: ACCESS, description: 'Only models with this access.' })
  @IsOptional()
  @IsIn(ACCESS, { message: `access is one of ${ACCESS.join(', ')}.` })
  access?: (typeof ACCESS)[number];
}

export class EffectiveGroupDto {
  @ApiProperty()
  name!: string;

  @ApiProperty({
    enum: ['everyone', 'configuration', 'dev_user', 'manual', 'rule'],
    description: 'Why the owner is in the group.',
  })
  because!: string;
}

/** What an owner may use, model by model, and why. */
export class EffectiveAccessDto extends pageOf(ModelStandingDto) {
  @ApiProperty({ description: 'The e-mail address of a user, the name of a client.' })
  ownerName!: string;

  @ApiProperty({ type: [EffectiveGroupDto], description: 'The active groups that have a say.' })
  groups!: EffectiveGroupDto[];

  static from(this: void, owner: OwnerAccess, page: Page<ModelStanding>): EffectiveAccessDto {
    return {
      ...page,
      items: page.items.map(ModelStandingDto.from),
      ownerName: owner.ownerName,
      groups: owner.memberships.map(({ group, because }) => ({ name: group.name, because })),
    };
  }
}
