import { Injectable } from '@nestjs/common';
import { type CatalogueEntry } from '../../models/index.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { type Conversation } from '../conversations/conversation.entity.js';
import { MessageTreeService } from '../messages/message-tree.service.js';
import { outputLimit } from './output-limit.js';
import { promptOf } from './prompt.js';

/** What is asked of a model. */
export interface PromptRequest {
  readonly conversation: Pick<Conversation, 'id' | 'settings'>;
  /** The question, or the answer that is to go on. */
  readonly lastMessageId: string;
  readonly entry: CatalogueEntry;
}

/** Puts together what a model is asked, from what is stored. */
@Injectable()
export class PromptsService {
  constructor(
    private readonly tree: MessageTreeService,
    private readonly attachments: AttachmentsService,
  ) {}

  /** The body of a chat completion. */
  async bodyOf(request: PromptRequest): Promise<Record<string, unknown>> {
    const { conversation, entry } = request;
    const { settings } = conversation;
    const branch = await this.tree.branchTo(conversation.id, request.lastMessageId);
    const attached = await this.attachments.contentsOf(branch.map(({ id }) => id));
    const seesImages = entry.inputModalities.includes('image');
    const effort = entry.supportsReasoning ? settings.reasoningEffort : null;
    return {
      model: entry.id,
      messages: promptOf({ settings, branch, attached, seesImages }),
      stream: true,
      ...(settings.temperature !== null && { temperature: settings.temperature }),
      ...outputLimit(entry, settings.maxOutputTokens),
      ...(effort !== null && { reasoning_effort: effort }),
    };
  }
}
