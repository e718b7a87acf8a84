import { Service, computed, inject } from '@angular/core';

import { type ChatModel } from '../../core/api/schema';
import { type Answer } from '../answers/answer';
import { ChatModels } from '../models/chat-models';
import { ConversationStore } from './conversation-store';
import { type Exchange } from './exchange';

/** The images of the open conversation: a model that sees none is told only their names. */
@Service()
export class ConversationImages {
  private readonly conversation = inject(ConversationStore);
  private readonly models = inject(ChatModels);

  /** Where the first of those that are shown is; -1: there is none. */
  private readonly first = computed(() =>
    this.conversation.exchanges().findIndex(({ question }) => hasImage(question)),
  );
  /** Turns that are not loaded yet have to be reckoned with. */
  private readonly isEarlier = computed(() => {
    const shown = this.conversation.shown();
    return shown.hasEarlier() && shown.kept()?.hasImages === true;
  });

  /** The next question goes out with images that were sent before. */
  readonly isAny = computed(() => this.first() >= 0 || this.isEarlier());

  /** Whether an answer was given without what one would think its model has seen. */
  areUnseenBy(answer: Answer, exchange: Exchange | null): boolean {
    if (exchange === null || !this.isAny() || !answer.hasWords()) return false;
    const model = this.models.byId(answer.modelId);
    if (model === null || canSee(model)) return false;
    const first = this.first();
    return this.isEarlier() || this.conversation.exchanges().indexOf(exchange) >= first;
  }
}

export function canSee({ inputModalities }: ChatModel): boolean {
  return inputModalities.includes('image');
}

function hasImage(question: Exchange['question']): boolean {
  return question?.attachments.some(({ kind }) => kind === 'image') ?? false;
}
