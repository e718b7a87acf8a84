import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { ApiKeysService, ClientKeysService } from '../auth/index.js';
import { Audit, type AuditContext } from '../infrastructure/audit/audit-context.js';
import { type Principal } from '../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../infrastructure/http/route-access.js';
import { KeyCountersService } from '../usage/index.js';
import { KeyCountersListDto } from './key-counters.dto.js';

/** How much each key was used. It stands here because keys and usage do not know of each other. */
@ApiTags('API keys')
@Controller('api')
@Accepts('session')
export class KeyCountersController {
  constructor(
    private readonly apiKeys: ApiKeysService,
    private readonly clientKeys: ClientKeysService,
    private readonly counters: KeyCountersService,
  ) {}

  @Get('keys/usage')
  @ApiOkResponse({ type: KeyCountersListDto })
  async ofMine(@CurrentPrincipal() principal: Principal): Promise<KeyCountersListDto> {
    const { ownerKind, ownerId } = principal;
    const keys = await this.apiKeys.listOf({ kind: ownerKind, id: ownerId });
    const keyIds = keys.map(({ id }) => id);
    return { counters: await this.counters.of({ ownerKind, ownerId, keyIds }) };
  }

  @Get('clients/:clientId/keys/usage')
  @ApiOkResponse({ type: KeyCountersListDto })
  async ofClient(
    @CurrentPrincipal() principal: Principal,
    @Audit() audit: AuditContext,
    @Param('clientId') clientId: string,
  ): Promise<KeyCountersListDto> {
    const keys = await this.clientKeys.list({ principal, audit, clientId });
    const keyIds = keys.map(({ id }) => id);
    const owner = { ownerKind: 'client', ownerId: clientId } as const;
    return { counters: await this.counters.of({ ...owner, keyIds }) };
  }
}
