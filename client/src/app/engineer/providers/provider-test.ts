import { Component, computed, inject, input, linkedSignal, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError, fieldErrors } from '../../core/api/api-error';
import {
  type BackendModelList,
  type ProviderTestResult,
  type TestProvider,
} from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import { TestResult } from '../test-result';
import { ListedModels } from './listed-models';

let tests = 0;

/** Asks one model of a provider a small question, whole or streamed, and shows what came of it. */
@Component({
  selector: 'app-provider-test',
  imports: [ListedModels, MatButton, TestResult],
  template: `
    <p class="hint">{{ text().hint }}</p>
    <label [for]="id">{{ text().model }}</label>
    <select
      [id]="id"
      [disabled]="models().length === 0"
      (change)="model.set($any($event.target).value)"
    >
      @for (name of models(); track name) {
        <option [value]="name" [selected]="name === model()">{{ name }}</option>
      }
    </select>
    <div class="buttons">
      <button
        matButton="tonal"
        type="button"
        [disabled]="isBusy()"
        disabledInteractive
        (click)="run(false)"
      >
        {{ text().run }}
      </button>
      <button
        matButton="tonal"
        type="button"
        [disabled]="isBusy()"
        disabledInteractive
        (click)="run(true)"
      >
        {{ text().stream }}
      </button>
      <button
        matButton="tonal"
        type="button"
        [disabled]="isListing()"
        disabledInteractive
        (click)="ask()"
      >
        {{ text().list }}
      </button>
    </div>
    <div role="status">
      @if (isRunning()) {
        <p class="hint">{{ text().running }}</p>
      } @else if (problem() !== '') {
        <p class="problem">{{ problem() }}</p>
      } @else if (result(); as found) {
        <app-test-result [result]="found" />
      }
    </div>
    <div role="status" class="list">
      @if (isListing()) {
        <p class="hint">{{ text().listing }}</p>
      } @else if (list(); as found) {
        <app-listed-models
          [list]="found"
          [entered]="models()"
          [mayEnter]="mayEnter()"
          (entering)="entering.emit($event)"
        />
      }
    </div>
  `,
  styleUrl: '../../models/fields.scss',
  styles: `
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      margin-block: 12px;
    }
    .hint {
      margin: 0 0 12px;
    }
    .list {
      margin-block-start: 12px;
    }
  `,
})
export class ProviderTest {
  /** Of a stored provider, or `draft`. */
  readonly provider = input.required<string>();
  readonly models = input.required<readonly string[]>();
  /** What stands in for what is stored; of a draft, all of it. */
  readonly standIn = input<Omit<TestProvider, 'model'>>({});
  /** Whether models that the backend lists can be added to `models`. */
  readonly mayEnter = input(false);
  /** Models to add. */
  readonly entering = output<readonly string[]>();

  private readonly api = inject(ApiClient);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue.test);
  protected readonly id = `provider-test-${++tests}`;
  protected readonly model = linkedSignal(() => this.models()[0] ?? '');
  protected readonly isRunning = signal(false);
  protected readonly isBusy = computed(() => this.isRunning() || this.models().length === 0);
  protected readonly result = signal<ProviderTestResult | null>(null);
  protected readonly problem = signal('');
  protected readonly list = signal<BackendModelList | null>(null);
  protected readonly isListing = signal(false);

  protected async run(stream: boolean): Promise<void> {
    if (this.isBusy()) return;
    this.isRunning.set(true);
    this.problem.set('');
    try {
      const body: TestProvider = { ...this.standIn(), model: this.model(), stream };
      const path = `/providers/${this.provider()}/test`;
      this.result.set(await this.api.post<ProviderTestResult>(path, body));
    } catch (cause) {
      this.problem.set(this.reasonOf(cause));
    } finally {
      this.isRunning.set(false);
    }
  }

  protected async ask(): Promise<void> {
    if (this.isListing()) return;
    this.isListing.set(true);
    try {
      const path = `/providers/${this.provider()}/models`;
      this.list.set(await this.api.post<BackendModelList>(path, this.standIn()));
    } catch (cause) {
      this.list.set({ models: null, error: this.reasonOf(cause) });
    } finally {
      this.isListing.set(false);
    }
  }

  private reasonOf(cause: unknown): string {
    const error = asApiError(cause);
    const [first] = Object.values(fieldErrors(error));
    return first ?? errorText(error, this.i18n.text().errors);
  }
}
