import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { type Principal } from '../../infrastructure/http/principal.js';
import { Accepts, CurrentPrincipal } from '../../infrastructure/http/route-access.js';
import { UuidParam } from '../conversations/uuid-param.js';
import { MessageDto } from '../messages/messages.dto.js';
import { AskedDto, AskFurtherDto, AskModelsDto, BeginConversationDto } from './questions.dto.js';
import { QuestionsService } from './questions.service.js';

/** What makes a model answer. The answers are followed at `/chat/answers/{id}/events`. */
@ApiTags('Conversations')
@Controller('chat/conversations')
@Accepts('session')
export class QuestionsController {
  constructor(private readonly questions: QuestionsService) {}

  @Post()
  @ApiCreatedResponse({ type: AskedDto })
  begin(
    @CurrentPrincipal() principal: Principal,
    @Body() body: BeginConversationDto,
  ): Promise<AskedDto> {
    return this.questions.begin(principal, body);
  }

  @Post(':id/questions')
  @ApiCreatedResponse({ type: AskedDto })
  ask(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidParam) id: string,
    @Body() body: AskFurtherDto,
  ): Promise<AskedDto> {
    return this.questions.ask(principal, id, body);
  }

  /** Further answers to a question, beside those it has. */
  @Post(':id/messages/:messageId/answers')
  @ApiCreatedResponse({ type: AskedDto })
  answerAgain(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidParam) id: string,
    @Param('messageId', UuidParam) messageId: string,
    @Body() body: AskModelsDto,
  ): Promise<AskedDto> {
    return this.questions.answerAgain(principal, id, { messageId, models: body.models });
  }

  /** Goes on with an answer that was cut, stopped or interrupted. */
  @Post(':id/messages/:messageId/continuation')
  @HttpCode(200)
  @ApiOkResponse({ type: MessageDto })
  continue(
    @CurrentPrincipal() principal: Principal,
    @Param('id', UuidParam) id: string,
    @Param('messageId', UuidParam) messageId: string,
  ): Promise<MessageDto> {
    return this.questions.continue(principal, id, messageId);
  }
}
