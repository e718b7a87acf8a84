import { Service, inject } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { type ModelCard } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { priceText } from './price-text';

interface Prices {
  inputCostPerMillion: number;
  outputCostPerMillion: number;
}

/** What is known of models, in the words and numbers of the language in force. */
@Service()
export class ModelTexts {
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);

  /** `0.5 in / 1.5 out`, or that it costs nothing. */
  price({ inputCostPerMillion, outputCostPerMillion }: Prices): string {
    const { free, priceOf } = this.messages.text().catalogue;
    if (inputCostPerMillion === 0 && outputCostPerMillion === 0) return free;
    return priceOf(this.coins(inputCostPerMillion), this.coins(outputCostPerMillion));
  }

  /** Why somebody may, or may not, use a model. */
  reason({ rule, scope }: Pick<ModelCard, 'rule' | 'scope'>): string {
    return this.messages.text().catalogue.reasons[rule](scope);
  }

  coins(value: number): string {
    return priceText(value, this.i18n.locale());
  }

  tokens(count: number | null): string {
    const { words, catalogue } = this.messages.text();
    return count === null ? words.unknown : catalogue.contextOf(this.i18n.number(count));
  }

  modalities(names: readonly string[]): string {
    const { modality } = this.messages.text().catalogue;
    return names.map((name) => modality[name] ?? name).join(', ');
  }
}
