import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../../console/console-text';
import { type WaitingValue } from '../../core/api/schema';
import { Icon } from '../../ui/icon/icon';

/** Which saved keys wait for a restart, with what is in force and what will be, and how to restart. */
@Component({
  selector: 'app-restart-banner',
  imports: [Icon],
  template: `
    <app-icon name="restart_alt" />
    <div>
      <p>{{ text().pending(waiting().length) }}</p>
      <ul>
        @for (each of waiting(); track each.path) {
          <li>
            <code>{{ each.path }}</code>: {{ said(each) }}
          </li>
        }
      </ul>
      <p>{{ text().howToRestart }}</p>
    </div>
  `,
  styles: `
    p,
    ul {
      margin: 0;
    }
    ul {
      margin-block: 4px;
      padding-inline-start: 20px;
    }
    li,
    code {
      overflow-wrap: anywhere;
    }
    code {
      font: 0.8125rem/1.25rem var(--app-mono);
    }
  `,
})
export class RestartBanner {
  readonly waiting = input.required<readonly WaitingValue[]>();

  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().configuration);

  protected said({ inForce, inFile, isSecret }: WaitingValue): string {
    const { secretWaits, listWaits, waits, on, off, notSet } = this.text();
    if (isSecret) return secretWaits;
    const isList = (value: unknown) => typeof value === 'object' && value !== null;
    if (isList(inForce) || isList(inFile) || inForce === inFile) return listWaits;
    const shown = (value: unknown) =>
      value === null || value === ''
        ? notSet
        : value === true
          ? on
          : value === false
            ? off
            : `${value as string}`;
    return waits(shown(inForce), shown(inFile));
  }
}
