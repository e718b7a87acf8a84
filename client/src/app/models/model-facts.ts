import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { type ModelCard } from '../core/api/schema';
import { Badge, type BadgeTone } from '../ui/badge';

const STATUS_TONES: Record<ModelCard['status'], BadgeTone> = {
  ok: 'good',
  degraded: 'warning',
  down: 'bad',
};
const ACCESS_TONES: Record<ModelCard['access'], BadgeTone> = {
  allowed: 'neutral',
  needs_ack: 'accent',
  blocked: 'warning',
};

/** How a model fares, in a word. */
@Component({
  selector: 'app-status-badge',
  imports: [Badge],
  template: `<app-badge [tone]="tone()">{{ text().status[status()] }}</app-badge>`,
})
export class StatusBadge {
  readonly status = input.required<ModelCard['status']>();

  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly tone = computed(() => STATUS_TONES[this.status()]);
}

/** Whether the person may use a model, in a word. */
@Component({
  selector: 'app-access-badge',
  imports: [Badge],
  template: `<app-badge [tone]="tone()">{{ text().accesses[access()] }}</app-badge>`,
})
export class AccessBadge {
  readonly access = input.required<ModelCard['access']>();

  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly tone = computed(() => ACCESS_TONES[this.access()]);
}
