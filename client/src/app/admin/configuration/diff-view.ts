import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../../console/console-text';
import { type ConfigurationDiffLine } from '../../core/api/schema';

const SIGNS = { same: ' ', added: '+', removed: '−', gap: '⋯' };

/** Two texts compared line by line; a sign says what colour repeats. */
@Component({
  selector: 'app-diff-view',
  template: `
    <div class="scroll" role="region" tabindex="0" [attr.aria-label]="label()">
      <table>
        <tbody>
          @for (line of lines(); track $index) {
            <tr [class]="line.kind">
              <td class="number">{{ line.before }}</td>
              <td class="number">{{ line.after }}</td>
              <td class="sign">
                <span aria-hidden="true">{{ signs[line.kind] }}</span>
                @if (line.kind === 'added' || line.kind === 'removed') {
                  <span class="sr-only">{{ text()[line.kind] }}</span>
                }
              </td>
              <td class="line">{{ line.text }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    .scroll {
      overflow: auto;
      max-block-size: 50vh;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      background: var(--mat-sys-surface-container-lowest);
    }
    table {
      inline-size: 100%;
      border-collapse: collapse;
      color: var(--mat-sys-on-surface);
      font: 0.8125rem/1.25rem var(--app-mono);
    }
    td {
      padding: 0 8px;
      white-space: pre;
    }
    .number {
      color: var(--mat-sys-on-surface-variant);
      text-align: end;
      user-select: none;
    }
    .line {
      inline-size: 100%;
    }
    .added {
      background: var(--app-success-container);
    }
    .added td {
      color: var(--app-on-success-container);
    }
    .removed {
      background: var(--mat-sys-error-container);
    }
    .removed td {
      color: var(--mat-sys-on-error-container);
    }
    .gap td {
      color: var(--mat-sys-on-surface-variant);
      background: var(--mat-sys-surface-container);
    }
  `,
})
export class DiffView {
  readonly lines = input.required<readonly ConfigurationDiffLine[]>();
  readonly label = input.required<string>();

  protected readonly signs = SIGNS;
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().configuration);
}
