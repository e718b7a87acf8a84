import { Component, computed, inject, input } from '@angular/core';

import { Badge, type BadgeTone } from '../../ui/badge';
import { UsageWords } from '../usage-words';

const TONES: Readonly<Record<string, BadgeTone>> = {
  completed: 'good',
  cancelled: 'neutral',
  failed: 'bad',
  refused: 'warning',
};

/** How a request ended. */
@Component({
  selector: 'app-outcome-badge',
  imports: [Badge],
  template: `<app-badge [tone]="tone()">{{ word() }}</app-badge>`,
})
export class OutcomeBadge {
  readonly outcome = input.required<string>();

  private readonly text = inject(UsageWords).text;
  protected readonly tone = computed(() => TONES[this.outcome()] ?? 'neutral');
  protected readonly word = computed(() => {
    const words: Readonly<Record<string, string>> = this.text().requests.outcomes;
    return words[this.outcome()] ?? this.outcome();
  });
}
