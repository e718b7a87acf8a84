import { Component, computed, inject, input } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { type ProviderTestResult } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Badge } from '../ui/badge';

/** What came of a small request to a backend. */
@Component({
  selector: 'app-test-result',
  imports: [Badge],
  template: `
    <app-badge [tone]="result().ok ? 'good' : 'bad'">
      {{ result().ok ? text().works : text().fails }}
    </app-badge>
    <dl>
      <div>
        <dt>{{ text().status }}</dt>
        <dd>{{ result().status === 0 ? text().noAnswer : result().status }}</dd>
      </div>
      <div>
        <dt>{{ text().latency }}</dt>
        <dd>{{ text().milliseconds(i18n.number(result().latencyMs)) }}</dd>
      </div>
      @if (result().firstTokenMs !== undefined) {
        <div>
          <dt>{{ text().firstToken }}</dt>
          <dd>{{ text().milliseconds(i18n.number(result().firstTokenMs!)) }}</dd>
        </div>
      }
      @if (result().tokensPerSecond !== undefined) {
        <div>
          <dt>{{ text().pace }}</dt>
          <dd>{{ text().tokensPerSecond(i18n.number(result().tokensPerSecond!)) }}</dd>
        </div>
      }
      @if (result().sample !== undefined) {
        <div>
          <dt>{{ text().sample }}</dt>
          <dd>{{ result().sample }}</dd>
        </div>
      }
      @if (result().error !== undefined) {
        <div>
          <dt>{{ text().error }}</dt>
          <dd>{{ result().error }}</dd>
        </div>
      }
    </dl>
  `,
  styleUrl: './result-panel.scss',
  styles: `
    dl {
      display: grid;
      gap: 4px;
      margin: 8px 0 0;
    }
    dl div {
      display: grid;
      grid-template-columns: minmax(0, max-content) minmax(50%, 1fr);
      gap: 12px;
    }
    dt {
      color: var(--mat-sys-on-surface-variant);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class TestResult {
  readonly result = input.required<ProviderTestResult>();

  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue.test);
}
