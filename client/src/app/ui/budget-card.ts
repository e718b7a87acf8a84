import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { type Budget } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { coinsText, isFull } from './amount-text';
import { BudgetBar } from './budget-bar';

/** One budget: what is left, who gives it, what is held and when more comes. */
@Component({
  selector: 'li[app-budget-card]',
  imports: [BudgetBar],
  template: `
    @let each = budget();
    <strong>{{ name() }}</strong>
    <app-budget-bar
      [kind]="each.kind"
      [available]="each.available"
      [max]="each.max"
      [label]="name()"
    />
    <dl class="wide">
      <dt>{{ text().from }}</dt>
      <dd>{{ each.source }}</dd>
      @if (each.kind === 'limited') {
        <dt>{{ text().held }}</dt>
        <dd>{{ amount(each.held) }}</dd>
        <dt>{{ text().refresh }}</dt>
        <dd>{{ text().perHour(amount(each.refresh)) }}</dd>
        @if (each.nextRefreshAt !== null && !isFull(each)) {
          <dt>{{ text().nextRefresh }}</dt>
          <dd>
            {{
              text().nextAt(
                amount(each.nextRefreshAmount ?? '0'),
                i18n.dateAndTime(each.nextRefreshAt)
              )
            }}
          </dd>
        }
      }
    </dl>
    <ng-content />
  `,
  styleUrl: './part.scss',
  styles: `
    :host {
      display: grid;
    }
  `,
  host: { class: 'card' },
})
export class BudgetCard {
  readonly budget = input.required<Budget>();

  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().people);
  protected readonly name = computed(() => {
    const { unit, model } = this.budget();
    const { people, words } = this.messages.text();
    return people.poolOf(words[unit], model ?? people.allModels);
  });

  protected readonly isFull = isFull;

  protected amount(text: string): string {
    return coinsText(text, this.i18n.locale());
  }
}
