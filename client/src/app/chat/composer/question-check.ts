import { Service, computed, inject } from '@angular/core';

import { type ChatModel } from '../../core/api/schema';
import { Budgets } from '../../core/budgets/budgets';
import { ConversationImages, canSee } from '../conversation/conversation-images';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatModels } from '../models/chat-models';
import { emptyBudgetFor } from './affordable';
import { tokensOf } from './attached-file';
import { ComposerAttachments } from './composer-attachments';
import { Draft } from './draft';
import { contextPercent, estimateCost, historyWarning, isWorthSaying } from './estimate';

/** The question in the field before it is sent: whether it may be, and about what it costs. */
@Service()
export class QuestionCheck {
  private readonly conversation = inject(ConversationStore);
  private readonly images = inject(ConversationImages);
  private readonly attachments = inject(ComposerAttachments);
  private readonly budgets = inject(Budgets);
  private readonly draft = inject(Draft);
  private readonly models = inject(ChatModels);

  /** Who would answer: one model, or two side by side. */
  readonly asked = computed<readonly ChatModel[]>(() => {
    const first = this.models.selected();
    const second = this.models.byId(this.conversation.secondModel());
    const all = [first, second].filter((model) => model !== null);
    return all.filter((model, index) => all.indexOf(model) === index);
  });

  /** A budget that is used up and keeps one of them from answering. */
  readonly emptyBudget = computed(() => {
    const budgets = this.budgets.budgets();
    const empty = this.asked().map((model) => emptyBudgetFor(model, budgets));
    return empty.find((budget) => budget !== null) ?? null;
  });

  readonly hasImages = computed(() =>
    this.attachments.ready().some(({ kind }) => kind === 'image'),
  );
  /** One of them that cannot see the images that are attached. */
  readonly blind = computed(() =>
    this.hasImages() ? (this.asked().find((model) => !canSee(model)) ?? null) : null,
  );
  /** One of them that cannot see the images that were sent before, and is told their names. */
  readonly blindToHistory = computed(() =>
    this.images.isAny() && this.blind() === null
      ? (this.asked().find((model) => !canSee(model)) ?? null)
      : null,
  );
  /** A model that could. */
  readonly seeing = computed(
    () => this.models.models().find((model) => canSee(model) && model.status !== 'down') ?? null,
  );

  readonly isSomething = computed(
    () => this.draft.text().trim() !== '' || this.attachments.ready().length > 0,
  );
  /** What decides where the question goes is still on its way: the models, or the conversation. */
  readonly isEarly = computed(
    () =>
      (!this.models.isLoaded() && this.models.failure() === null) ||
      this.conversation.shown().isLoading(),
  );
  readonly canSend = computed(
    () =>
      this.isSomething() &&
      !this.isEarly() &&
      this.asked().length > 0 &&
      !this.conversation.isAnswering() &&
      !this.attachments.isUploading() &&
      this.blind() === null &&
      this.emptyBudget() === null,
  );

  /** How much of the memory is used; null: not known. */
  readonly contextPercent = computed(() =>
    contextPercent(this.asked(), this.conversation.contextTokens()),
  );
  /** About what the question costs, in coins; null where that is not worth a word. */
  readonly estimate = computed(() => {
    if (!this.isSomething() || this.emptyBudget() !== null) return null;
    const { systemPrompt, maxOutputTokens } = this.conversation.settings();
    const inputTokens =
      (this.conversation.contextTokens() ?? 0) +
      tokensOf(this.draft.text()) +
      tokensOf(systemPrompt ?? '') +
      this.attachments.tokens();
    const cost = estimateCost(this.asked(), { inputTokens, maxOutputTokens });
    return isWorthSaying(cost, this.available()) ? cost : null;
  });
  /** What is to be said of a long history, and what it adds to each question. */
  readonly history = computed(() => {
    const inputTokens = this.conversation.contextTokens() ?? 0;
    const kind = historyWarning(this.asked(), inputTokens, this.available());
    if (kind === null) return null;
    return { kind, cost: estimateCost(this.asked(), { inputTokens, maxOutputTokens: 0 }) };
  });

  /** Coins left; null: there is no limit, or it is not known. */
  private readonly available = computed(() => {
    const coins = this.budgets.coins();
    return coins?.kind === 'limited' ? Number(coins.available) : null;
  });
}
