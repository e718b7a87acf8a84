import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { Message, type MessageState } from '../messages/message.entity.js';

/** Of a message, read for a snippet; what is found behind is shown by the message's beginning. */
const MOST_CHARS = 100_000;
const SHOWN: readonly MessageState[] = ['complete', 'stopped', 'interrupted'];

/** The texts of messages, for showing where in them something is. */
@Injectable()
export class SearchTextsService {
  constructor(@InjectRepository(Message) private readonly messages: Repository<Message>) {}

  /** By id, of those that have been written to their end. */
  async of(messageIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (messageIds.length === 0) return new Map();
    const rows = await this.messages
      .createQueryBuilder('message')
      .select('message.id', 'id')
      .addSelect(`SUBSTR(message.content, 1, ${MOST_CHARS})`, 'text')
      .where({ id: In([...messageIds]), state: In([...SHOWN]) })
      .getRawMany<{ id: string; text: string }>();
    return new Map(rows.map(({ id, text }) => [id, text]));
  }
}
