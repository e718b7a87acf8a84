import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { UuidParam } from '../conversations/uuid-param.js';
import { ShareDto, SharedConversationDto, ShareListDto } from './sharing.dto.js';
import { SharesService } from './shares.service.js';

@ApiTags('Conversations')
@Controller('chat')
@Accepts('session')
export class SharesController {
  constructor(private readonly shares: SharesService) {}

  @Get('shares')
  @ApiOkResponse({ type: ShareListDto })
  list(@CurrentPrincipal() { ownerId }: Principal): Promise<ShareListDto> {
    return this.shares.list(ownerId);
  }

  /** Shares the branch that is shown, as it is now; again: renews what the same link shows. */
  @Post('conversations/:id/share')
  @HttpCode(200)
  @ApiOkResponse({ type: ShareDto })
  share(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<ShareDto> {
    return this.shares.share(ownerId, id);
  }

  @Delete('shares/:id')
  @HttpCode(204)
  @ApiNoContentResponse()
  revoke(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<void> {
    return this.shares.revoke(ownerId, id);
  }

  /** For everyone who is signed in and has the link. */
  @Get('shared/:id')
  @ApiOkResponse({ type: SharedConversationDto })
  read(
    @CurrentPrincipal() { ownerId }: Principal,
    @Param('id', UuidParam) id: string,
  ): Promise<SharedConversationDto> {
    return this.shares.read(ownerId, id);
  }
}
