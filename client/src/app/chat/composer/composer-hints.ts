import { Component, computed, inject, linkedSignal, output } from '@angular/core';

import { type ChatModel } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { coinsText } from '../conversation/coins';
import { NewChat } from '../conversation/new-chat';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatModels } from '../models/chat-models';
import { BudgetCard } from './budget-card';
import { ComposerAttachments } from './composer-attachments';
import { QuestionCheck } from './question-check';

/** Above the message field: why the question cannot be sent yet, and what a long chat costs. */
@Component({
  selector: 'app-composer-hints',
  imports: [BudgetCard, Icon],
  templateUrl: './composer-hints.html',
  styleUrl: './composer-hints.scss',
})
export class ComposerHints {
  /** A hint was answered, and its button is gone or means something else: the field has the focus. */
  readonly answered = output();

  protected readonly check = inject(QuestionCheck);
  protected readonly models = inject(ChatModels);
  protected readonly newChat = inject(NewChat);
  private readonly attachments = inject(ComposerAttachments);
  private readonly conversation = inject(ConversationStore);
  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().composer);
  /** The hint about a long history comes back with the next conversation, not with each answer. */
  private readonly isHidden = linkedSignal({
    source: this.conversation.shown,
    computation: () => false,
  });
  protected readonly long = computed(() => {
    const history = this.check.history();
    if (history === null || this.isHidden() || this.check.emptyBudget() !== null) return '';
    const { cost, full } = this.text().long;
    return history.kind === 'full'
      ? full
      : cost(coinsText(String(history.cost), this.i18n.language()));
  });

  /** Until somebody has taken note of it, or the question goes to other models. */
  protected readonly blindToHistory = computed(() =>
    this.accepted() ? null : this.check.blindToHistory(),
  );
  private readonly accepted = linkedSignal({
    source: () => `${this.conversation.id()} ${this.check.blindToHistory()?.id}`,
    computation: () => false,
  });

  protected async switchTo(model: ChatModel, instead: ChatModel): Promise<void> {
    if (!(await this.models.ensureAcknowledged(model))) return;
    if (instead.id === this.conversation.secondModel()) {
      this.conversation.setSecondModel(model.id);
    } else this.models.choose(model.id);
    this.answered.emit();
  }

  protected removeImages(): void {
    const images = this.attachments.items().filter((item) => item.attachment?.kind === 'image');
    for (const { key } of images) this.attachments.remove(key);
    this.answered.emit();
  }

  protected accept(): void {
    this.accepted.set(true);
    this.answered.emit();
  }

  protected hide(): void {
    this.isHidden.set(true);
    this.answered.emit();
  }
}
