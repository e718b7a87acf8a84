import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  resource,
  signal,
  viewChild,
} from '@angular/core';
import { FormField, form, maxLength, validate } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatError, MatFormField, MatHint, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { asApiError } from '../core/api/api-error';
import { type CreateApiKey, type CreatedApiKey, type ModelStandingList } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { errorText } from '../ui/error-text';
import { EXPIRIES, type Expiry, expiryTime, isDayToCome } from './key-expiry';
import { KeysStore } from './keys-store';
import { type EnvironmentOf, NewKey } from './new-key';

const MAX_NAME = 100;

/** Asks for a name and limits, makes the key, and shows its secret this once. */
@Component({
  selector: 'app-create-key-dialog',
  imports: [
    FormField,
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatError,
    MatFormField,
    MatHint,
    MatInput,
    MatLabel,
    NewKey,
  ],
  templateUrl: './create-key-dialog.html',
  styleUrl: './create-key-dialog.scss',
})
export class CreateKeyDialog {
  protected readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  private readonly store = inject(KeysStore);
  private readonly api = inject(ApiClient);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly environmentOf = inject<EnvironmentOf>(MAT_DIALOG_DATA);
  private readonly day = viewChild<ElementRef<HTMLInputElement>>('day');

  protected readonly text = computed(() => this.messages.text().tools.keys);
  protected readonly expiries = EXPIRIES;
  protected readonly created = signal<CreatedApiKey | null>(null);
  protected readonly isCreating = signal(false);
  protected readonly failure = signal<string | null>(null);

  protected readonly expiry = signal<Expiry>('never');
  protected readonly isDayWrong = signal(false);
  protected readonly isForSome = signal(false);
  protected readonly chosen = signal<ReadonlySet<string>>(new Set());
  protected readonly areModelsMissing = signal(false);
  protected readonly models = resource({
    loader: async () => {
      const { models } = await this.api.get<ModelStandingList>('/api/models');
      return models.map(({ model }) => model).sort((a, b) => a.localeCompare(b));
    },
  });

  protected readonly nameField = form(signal(''), (name) => {
    validate(name, ({ value }) => {
      const isBlank = value().trim() === '';
      return isBlank ? { kind: 'required', message: this.text().nameRequired } : undefined;
    });
    maxLength(name, MAX_NAME, { message: () => this.text().nameTooLong(MAX_NAME) });
  });

  protected chooseExpiry(choice: string): void {
    this.expiry.set(EXPIRIES.find((one) => one === choice) ?? 'never');
    this.isDayWrong.set(false);
  }

  protected toggle(model: string): void {
    const chosen = new Set(this.chosen());
    if (!chosen.delete(model)) chosen.add(model);
    this.chosen.set(chosen);
    this.areModelsMissing.set(false);
  }

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isCreating() || !this.isValid()) return;
    this.isCreating.set(true);
    this.failure.set(null);
    try {
      this.created.set(await this.store.create(this.wanted()));
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isCreating.set(false);
    }
  }

  /** Says at each field what is wrong with it; the first of them takes the focus. */
  private isValid(): boolean {
    const name = this.nameField();
    name.markAsTouched();
    const day = this.day()?.nativeElement.value ?? '';
    this.isDayWrong.set(this.expiry() === 'day' && !isDayToCome(day, new Date()));
    this.areModelsMissing.set(this.isForSome() && this.chosen().size === 0);
    const wrong = [
      { is: name.invalid(), at: 'input[matInput]' },
      { is: this.isDayWrong(), at: 'input[type=date]' },
      { is: this.areModelsMissing(), at: 'input[type=checkbox]' },
    ].find(({ is }) => is);
    if (wrong) this.focusOn(wrong.at);
    return wrong === undefined;
  }

  /** Whoever is quick with the keys is here before the fields of the last choice are drawn. */
  private focusOn(field: string): void {
    const host = this.host.nativeElement;
    afterNextRender(() => host.querySelector<HTMLElement>(field)?.focus(), {
      injector: this.injector,
    });
  }

  private wanted(): CreateApiKey {
    const day = this.day()?.nativeElement.value ?? '';
    const expiresAt = expiryTime(this.expiry(), day, new Date());
    return {
      name: this.nameField().value().trim(),
      ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
      ...(this.isForSome() && { onlyModels: [...this.chosen()] }),
    };
  }
}
