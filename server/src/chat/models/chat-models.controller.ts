import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { ChatModelListDto } from './chat-models.dto.js';
import { ChatModelsService } from './chat-models.service.js';

@ApiTags('Chat')
@Controller('chat/models')
@Accepts('session')
export class ChatModelsController {
  constructor(private readonly models: ChatModelsService) {}

  @Get()
  @ApiOkResponse({ type: ChatModelListDto })
  list(@CurrentPrincipal() principal: Principal): Promise<ChatModelListDto> {
    return this.models.list(principal);
  }
}
