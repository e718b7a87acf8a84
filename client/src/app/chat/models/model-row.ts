import { Component, computed, inject, input } from '@angular/core';

import { type ChatModel } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { LONG_CONTEXT, contextSize } from './model-choices';

/** One model: what it is for, what it can, what it costs and how it is. */
@Component({
  selector: 'app-model-row',
  imports: [Icon],
  templateUrl: './model-row.html',
  styleUrl: './model-row.scss',
})
export class ModelRow {
  readonly model = input.required<ChatModel>();
  readonly isDefault = input(false);
  readonly isSelected = input(false);

  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().models);
  /** How it is and what it can, in one line. */
  protected readonly summary = computed(() => {
    const model = this.model();
    const { badges, context, status } = this.text();
    const size = model.contextWindow ?? 0;
    return [
      status[model.status],
      model.reasoning ? badges.reasoning : '',
      model.inputModalities.includes('image') ? badges.vision : '',
      model.inputModalities.includes('audio') ? badges.audio : '',
      model.functionCalling ? badges.tools : '',
      size >= LONG_CONTEXT ? context(contextSize(size)) : '',
    ]
      .filter((part) => part !== '')
      .join(' · ');
  });

  protected readonly price = computed(() => {
    const { inputCostPerMillion: input, outputCostPerMillion: output } = this.model();
    const { free, price, priceSpoken } = this.text();
    if (input === 0 && output === 0) return { shown: free, spoken: free };
    const costs = [this.i18n.number(input), this.i18n.number(output)] as const;
    return { shown: price(...costs), spoken: priceSpoken(...costs) };
  });
}
