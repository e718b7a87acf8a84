import { Component, ElementRef, computed, inject, viewChild } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';
import { AnchoredDialogs } from '../../ui/anchored-dialogs';
import { Icon } from '../../ui/icon/icon';
import { ChatModels } from './chat-models';
import { ModelPicker } from './model-picker';

/** The model the next question goes to; opens the picker. */
@Component({
  selector: 'app-model-chip',
  imports: [Icon],
  template: `
    @if (models.failure() !== null && !models.isLoaded()) {
      <button type="button" class="chip" (click)="models.load()">
        <app-icon name="refresh" />
        <span class="name">{{ text().failed }} {{ i18n.text().shell.retry }}</span>
      </button>
    } @else if (!models.isLoaded()) {
      <span class="chip is-loading">{{ text().loading }}</span>
    } @else {
      <button
        #chip
        type="button"
        class="chip"
        aria-haspopup="dialog"
        [attr.aria-label]="label()"
        (click)="open()"
      >
        <span class="dot" [class]="'is-' + (models.selected()?.status ?? 'down')"></span>
        <span class="name">{{ models.selected()?.name ?? text().none }}</span>
        <app-icon name="expand_more" />
      </button>
    }
  `,
  styleUrl: './model-chip.scss',
})
export class ModelChip {
  protected readonly models = inject(ChatModels);
  protected readonly i18n = inject(I18n);
  private readonly dialogs = inject(AnchoredDialogs);
  private readonly chip = viewChild<ElementRef<HTMLElement>>('chip');

  protected readonly text = computed(() => this.i18n.text().models);
  protected readonly label = computed(() => {
    const model = this.models.selected();
    if (model === null) return this.text().none;
    return this.text().chip(model.name, this.text().status[model.status]);
  });

  open(): void {
    const origin = this.chip()?.nativeElement;
    if (origin === undefined) return;
    const label = this.text().choose;
    const picker = this.dialogs.open<string>(ModelPicker, { origin, label, align: 'end' });
    picker.closed.subscribe((id) => {
      if (id !== undefined) this.models.choose(id);
    });
  }
}
