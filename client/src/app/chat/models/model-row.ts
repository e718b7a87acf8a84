import { Component, computed, inject, input } from '@angular/core';

import { type ChatModel } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';
import { LoadBars } from './load-bars';
import { LONG_CONTEXT, contextSize } from './model-choices';

/** One model: what it is for, what it can, what it costs and how it is. */
@Component({
  selector: 'app-model-row',
  imports: [Icon, LoadBars],
  templateUrl: './model-row.html',
  styleUrl: './model-row.scss',
})
export class ModelRow {
  readonly model = input.required<ChatModel>();
  readonly isDefault = input(false);
  readonly isSelected = input(false);

  private readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().models);
  /** How busy it is; null where that is not known, or it does not work at all. */
  protected readonly load = computed(() => {
    const model = this.model();
    return model.status === 'down' ? null : model.load;
  });
  /** How it is, in words. */
  protected readonly standing = computed(() => {
    const { status, load } = this.text();
    const busy = this.load();
    return busy === null
      ? status[this.model().status]
      : `${status[this.model().status]}, ${load[busy]}`;
  });
  /** What it can beside text. */
  protected readonly badges = computed(() => {
    const model = this.model();
    const { badges, context } = this.text();
    const size = model.contextWindow ?? 0;
    return [
      model.reasoning ? badges.reasoning : '',
      model.inputModalities.includes('image') ? badges.vision : '',
      model.inputModalities.includes('audio') ? badges.audio : '',
      model.functionCalling ? badges.tools : '',
      size >= LONG_CONTEXT ? context(contextSize(size)) : '',
    ].filter((part) => part !== '');
  });

  protected readonly price = computed(() => {
    const { inputCostPerMillion: input, outputCostPerMillion: output } = this.model();
    const { free, price, priceSpoken } = this.text();
    if (input === 0 && output === 0) return { shown: free, spoken: free };
    const costs = [this.i18n.number(input), this.i18n.number(output)] as const;
    return { shown: price(...costs), spoken: priceSpoken(...costs) };
  });
}
