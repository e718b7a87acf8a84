import { Injectable } from '@nestjs/common';
import { type Principal } from '../../infrastructure/http/principal.js';
import { type CatalogueEntry } from '../../models/index.js';
import { ConversationDescriptionsService } from '../conversations/conversation-descriptions.service.js';
import { ChatEventsService } from '../events/chat-events.service.js';
import { MessageTreeService } from '../messages/message-tree.service.js';
import { type Message } from '../messages/message.entity.js';
import { type MessageDto } from '../messages/messages.dto.js';
import { AnswerProductionService } from './answer-production.service.js';
import { type AskedDto } from './questions.dto.js';
import { type Written } from './written-questions.service.js';

/** Sets the answers of a written question going, and tells the asker of them. */
@Injectable()
export class BegunAnswersService {
  constructor(
    private readonly production: AnswerProductionService,
    private readonly events: ChatEventsService,
    private readonly descriptions: ConversationDescriptionsService,
    private readonly tree: MessageTreeService,
  ) {}

  /** `entries`: of the models of the answers, in their order. */
  begin(
    principal: Principal,
    written: Written,
    entries: readonly CatalogueEntry[],
  ): Promise<AskedDto> {
    const { conversation, answers } = written;
    for (const [n, answer] of answers.entries()) {
      this.production.start({ principal, conversation, answer, entry: entries[n]! });
    }
    this.events.conversationChanged(principal.ownerId, conversation.id);
    return this.describe(written);
  }

  async describe({ conversation, question, answers }: Written): Promise<AskedDto> {
    const [described, messages] = await Promise.all([
      this.descriptions.describe(conversation),
      this.tree.describe([question, ...answers]),
    ]);
    const [first, ...rest] = messages;
    return { conversation: described, question: first!, answers: rest };
  }

  async describeAnswer(answer: Message): Promise<MessageDto> {
    const [described] = await this.tree.describe([answer]);
    return described!;
  }
}
