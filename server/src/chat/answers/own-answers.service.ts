import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AppError } from '../../infrastructure/errors/app-error.js';
import { OwnedConversationsService } from '../conversations/owned-conversations.service.js';
import { MessageTreeService } from '../messages/message-tree.service.js';
import { Message } from '../messages/message.entity.js';
import { type MessageDto } from '../messages/messages.dto.js';
import { StoredText } from './stored-text.js';

/** Answers as they are stored, for the person whose they are. */
@Injectable()
export class OwnAnswersService {
  constructor(
    @InjectRepository(Message) private readonly messages: Repository<Message>,
    private readonly owned: OwnedConversationsService,
    private readonly tree: MessageTreeService,
  ) {}

  /** @throws AppError not_found, also of another person's */
  async find(userId: string, id: string): Promise<Message> {
    const message = await this.messages.findOneBy({ id: id.toLowerCase(), role: 'assistant' });
    if (!message) throw noAnswer();
    await this.owned.find(userId, message.conversationId).catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'not_found' ? noAnswer() : error;
    });
    return message;
  }

  /** As it is now. @throws AppError not_found: it is gone meanwhile */
  async reread({ id }: Message): Promise<Message> {
    const message = await this.messages.findOneBy({ id });
    if (!message) throw noAnswer();
    return message;
  }

  /** The text of one that another process writes, as far as it is noted. Must be stopped. */
  followStored(answer: Message): StoredText {
    return new StoredText(this.messages, answer);
  }

  async describe(message: Message): Promise<MessageDto> {
    const [described] = await this.tree.describe([message]);
    return described!;
  }
}

const noAnswer = () =>
  new AppError(
    'not_found',
    'There is no answer of yours with this id. It may have been deleted; open the conversation again.',
  );
