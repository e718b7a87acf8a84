import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { GroupsService } from '../groups/index.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { UsersService } from '../users/index.js';
import { MyGroupDto, MyGroupsDto } from './my-groups.dto.js';

@ApiTags('Me')
@Controller('api/me/groups')
@Accepts('session')
export class MyGroupsController {
  constructor(
    private readonly users: UsersService,
    private readonly groups: GroupsService,
  ) {}

  @Get()
  @ApiOkResponse({ type: MyGroupsDto })
  async list(@CurrentPrincipal() { ownerId }: Principal): Promise<MyGroupsDto> {
    const user = await this.users.find(ownerId);
    const memberships = user ? await this.groups.ofUser(user) : [];
    return { groups: memberships.map(MyGroupDto.from) };
  }
}
