import { Injectable, Logger } from '@nestjs/common';
import { newId } from '../../infrastructure/crypto/identifiers.js';
import { normaliseError } from '../../infrastructure/errors/normalise-error.js';
import { type Principal } from '../../infrastructure/http/principal.js';
import { type CatalogueEntry } from '../../models/index.js';
import { type AskedAnswer, ProxyService } from '../../proxy/index.js';
import { type Conversation } from '../conversations/conversation.entity.js';
import { type Message } from '../messages/message.entity.js';
import { type AnswerDraft } from './answer-draft.js';
import { PromptsService } from './prompts.service.js';

/** An answer to be written, which is this process's to write. */
export interface AnswerOrder {
  readonly principal: Principal;
  readonly conversation: Pick<Conversation, 'id' | 'userId' | 'settings'>;
  /** As it stood before; what it has already stays at its beginning. */
  readonly answer: Message;
  readonly entry: CatalogueEntry;
}

/** What came of asking; no record: it did not come to that. */
export type Asked = Pick<AskedAnswer, 'failure'> & {
  readonly record: AskedAnswer['record'] | null;
};

/** Asks models, in the name of a person, what stands in a conversation. */
@Injectable()
export class AskedModelsService {
  private readonly logger = new Logger(AskedModelsService.name);

  constructor(
    private readonly proxy: ProxyService,
    private readonly prompts: PromptsService,
  ) {}

  /** Gives the draft each piece of the answer. Resolves when it has ended; never rejects. */
  async ask({ principal, ...order }: AnswerOrder, { take, signal }: AnswerDraft): Promise<Asked> {
    try {
      const body = await this.prompts.bodyOf({ ...order, lastMessageId: order.answer.id });
      return await this.proxy.ask({ principal, requestId: newId(), body, take, signal });
    } catch (thrown) {
      const { code, message } = normaliseError(thrown);
      this.logger.error(`A model could not be asked: ${String(thrown)}`);
      return { record: null, failure: { code, message } };
    }
  }
}
