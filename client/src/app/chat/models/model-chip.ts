import { Component, ElementRef, computed, inject, viewChild } from '@angular/core';

import { type ChatModel } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { ConversationStore } from '../conversation/conversation-store';
import { ChatModels } from './chat-models';
import { type ModelPickerData } from './model-picker';
import { ModelPickers } from './model-pickers';

/** The model the next question goes to, and the one beside it; opens the picker. */
@Component({
  selector: 'app-model-chip',
  imports: [Icon],
  templateUrl: './model-chip.html',
  styleUrl: './model-chip.scss',
  host: {
    '[class.has-two]': 'second() !== null',
    '(pointerenter)': 'pickers.load()',
    '(focusin)': 'pickers.load()',
  },
})
export class ModelChip {
  protected readonly models = inject(ChatModels);
  protected readonly i18n = inject(I18n);
  private readonly conversation = inject(ConversationStore);
  protected readonly pickers = inject(ModelPickers);
  private readonly chip = viewChild<ElementRef<HTMLElement>>('chip');
  private readonly secondChip = viewChild<ElementRef<HTMLElement>>('secondChip');

  protected readonly text = computed(() => this.i18n.text().models);
  protected readonly second = computed(() => this.models.byId(this.conversation.secondModel()));
  protected readonly label = computed(() => {
    const model = this.models.selected();
    if (model === null) return this.models.isLoaded() ? this.text().none : null;
    return this.text().chip(model.name, this.text().status[model.status]);
  });

  /** Opens the choice of the model, also while the models are still being loaded. */
  async open(): Promise<void> {
    const origin = this.chip()?.nativeElement;
    if (origin === undefined) return;
    const chosen = this.models.selected()?.id ?? null;
    const askSecond = this.second() === null ? () => void this.openSecond() : undefined;
    const data: ModelPickerData = askSecond === undefined ? { chosen } : { chosen, askSecond };
    await this.pick(origin, data, (model) => {
      // One model beside itself is one model.
      if (model.id === this.conversation.secondModel()) this.removeSecond();
      this.models.choose(model.id);
    });
  }

  /** Opens the choice of a model that answers beside the first. */
  async openSecond(): Promise<void> {
    const origin = (this.secondChip() ?? this.chip())?.nativeElement;
    const first = this.models.selected();
    if (origin === undefined || first === null) return;
    const data: ModelPickerData = { otherThan: first.id, chosen: this.second()?.id ?? null };
    await this.pick(origin, data, (model) => this.conversation.setSecondModel(model.id));
  }

  protected removeSecond(): void {
    this.conversation.setSecondModel(null);
    this.chip()?.nativeElement.focus();
  }

  private async pick(
    origin: HTMLElement,
    data: ModelPickerData,
    use: (model: ChatModel) => void,
  ): Promise<void> {
    const label = data.otherThan === undefined ? this.text().choose : this.text().chooseSecond;
    const model = await this.pickers.pick({ origin, label, align: 'end', data });
    if (model !== null && (await this.models.ensureAcknowledged(model))) use(model);
  }
}
