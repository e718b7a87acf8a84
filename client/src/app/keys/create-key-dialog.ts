import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
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

import { asApiError } from '../core/api/api-error';
import { type CreatedApiKey } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { CopyButton } from '../ui/copy-button';
import { errorText } from '../ui/error-text';
import { KeysStore } from './keys-store';

const MAX_NAME = 100;

/** Asks for a name, makes the key, and shows its secret this once. */
@Component({
  selector: 'app-create-key-dialog',
  imports: [
    CopyButton,
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
  ],
  templateUrl: './create-key-dialog.html',
  styleUrl: './create-key-dialog.scss',
})
export class CreateKeyDialog {
  protected readonly i18n = inject(I18n);
  private readonly store = inject(KeysStore);
  private readonly injector = inject(Injector);
  private readonly baseUrl = inject<string>(MAT_DIALOG_DATA);
  private readonly outcome = viewChild<ElementRef<HTMLElement>>('outcome');

  protected readonly text = computed(() => this.i18n.text().keys);
  protected readonly created = signal<CreatedApiKey | null>(null);
  protected readonly isCreating = signal(false);
  protected readonly failure = signal<string | null>(null);

  protected readonly nameField = form(signal(''), (name) => {
    validate(name, ({ value }) => {
      const isBlank = value().trim() === '';
      return isBlank ? { kind: 'required', message: this.text().nameRequired } : undefined;
    });
    maxLength(name, MAX_NAME, { message: () => this.text().nameTooLong(MAX_NAME) });
  });

  protected readonly environment = computed(
    () =>
      `export OPENAI_API_KEY="${this.created()?.key ?? ''}"\n` +
      `export OPENAI_BASE_URL="${this.baseUrl}"`,
  );

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    const field = this.nameField();
    field.markAsTouched();
    if (field.invalid() || this.isCreating()) return;
    this.isCreating.set(true);
    this.failure.set(null);
    try {
      this.created.set(await this.store.create(field.value().trim()));
      afterNextRender(() => this.outcome()?.nativeElement.focus(), { injector: this.injector });
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isCreating.set(false);
    }
  }
}
