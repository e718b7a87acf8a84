import { ApiProperty } from '@nestjs/swagger';
import { type Membership, type MembershipReason } from '../groups/index.js';

export class MyGroupDto {
  @ApiProperty()
  name!: string;

  @ApiProperty({
    enum: ['everyone', 'configuration', 'dev_user', 'manual', 'rule'],
    description: 'Why you are in it.',
  })
  because!: MembershipReason;

  static from(this: void, { group, because }: Membership): MyGroupDto {
    return { name: group.name, because };
  }
}

export class MyGroupsDto {
  @ApiProperty({ type: [MyGroupDto] })
  groups!: MyGroupDto[];
}
