import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../console/console-text';
import { type ApiError, asApiError } from '../core/api/api-error';
import { I18n } from '../core/i18n/i18n';
import { coinsText } from '../ui/amount-text';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon/icon';
import { ConnectionTest, type TestResult } from './connection-test';

/** One real request to the chosen model, with what it answered, how long it took, and what it cost. */
@Component({
  selector: 'app-test-connection',
  imports: [Icon, MatButton],
  template: `
    <p>{{ text().testText(model()) }}</p>
    <form novalidate (submit)="run($event, key.value.trim())">
      <label for="test-key">{{ text().testKey }}</label>
      <input
        #key
        id="test-key"
        type="password"
        autocomplete="off"
        spellcheck="false"
        aria-describedby="test-key-hint test-key-error"
        [attr.aria-invalid]="isKeyWrong()"
        [value]="newKey()"
      />
      <p id="test-key-error" class="wrong" role="alert">
        {{ isKeyWrong() ? text().testKeyWrong : '' }}
      </p>
      <p id="test-key-hint" class="hint">{{ text().testKeyHint }}</p>
      <button matButton="filled" type="submit" [disabled]="isRunning()" disabledInteractive>
        {{ text().test }}
      </button>
    </form>
    <div role="status">
      @if (isRunning()) {
        <p>{{ text().testing }}</p>
      }
      @if (result(); as result) {
        <div class="outcome good">
          <p class="verdict"><app-icon name="check_circle" />{{ text().works }}</p>
          <dl>
            <dt>{{ text().answer }}</dt>
            <dd>{{ result.answer.trim() || text().noAnswer }}</dd>
            <dt>{{ text().latency }}</dt>
            <dd>{{ text().seconds(i18n.number(result.seconds)) }}</dd>
            <dt>{{ text().cost }}</dt>
            <dd>{{ text().coins(coins(result.cost)) }}</dd>
          </dl>
        </div>
      }
      @if (failure(); as failure) {
        <div class="outcome bad">
          <p class="verdict"><app-icon name="error" />{{ text().failed }}</p>
          <p>{{ describe(failure) }}</p>
          @if (failure.requestId; as id) {
            <p class="id">{{ words().requestId(id) }}</p>
          }
        </div>
      }
    </div>
  `,
  styleUrl: './test-connection.scss',
})
export class TestConnection {
  readonly model = input.required<string>();
  /** A key that was just made, so that nobody has to paste it. */
  readonly newKey = input('');

  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly test = inject(ConnectionTest);

  protected readonly text = computed(() => this.messages.text().tools.connect);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly isRunning = signal(false);
  protected readonly isKeyWrong = signal(false);
  protected readonly result = signal<TestResult | null>(null);
  protected readonly failure = signal<ApiError | null>(null);

  constructor() {
    // What was found out is about the model that was chosen then.
    effect(() => {
      this.model();
      this.forget();
    });
  }

  protected coins(amount: string): string {
    return coinsText(amount, this.i18n.locale());
  }

  protected describe(error: ApiError): string {
    return errorText(error, this.i18n.text().errors);
  }

  protected async run(event: Event, key: string): Promise<void> {
    event.preventDefault();
    if (this.isRunning()) return;
    this.forget();
    this.isKeyWrong.set(key !== '' && !/^sk_[\w-]+$/.test(key));
    if (this.isKeyWrong()) {
      (event.target as HTMLFormElement).querySelector('input')?.focus();
      return;
    }
    this.isRunning.set(true);
    const model = this.model();
    try {
      const result = await this.test.run(model, key);
      if (model === this.model()) this.result.set(result);
    } catch (cause) {
      if (model === this.model()) this.failure.set(asApiError(cause));
    } finally {
      this.isRunning.set(false);
    }
  }

  private forget(): void {
    this.result.set(null);
    this.failure.set(null);
  }
}
