import {
  Component,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  resource,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError, fieldErrors } from '../../core/api/api-error';
import { type AdministeredModel, type ProviderDetailList } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { chooseVersion } from '../../ui/conflict/choose-version';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Toast } from '../../ui/toast';
import {
  changedSettings,
  PRICE_FIELDS,
  type PriceDraft,
  type PriceField,
  priceDraftOf,
  settingsIn,
  shownPrices,
  wrongPrices,
} from './price-draft';

/** The prices of a provider's model, and who may use it. */
@Component({
  selector: 'app-model-prices',
  imports: [MatButton],
  template: `
    <form novalidate (submit)="save($event)">
      <p class="hint whole">{{ text().priceText }}</p>
      @if (failure() !== '') {
        <p class="problem whole" role="alert">{{ failure() }}</p>
      }
      @for (field of fields; track field) {
        <div>
          <label [for]="'price-' + field">{{ text().prices[field] }}</label>
          <input
            inputmode="decimal"
            autocomplete="off"
            [id]="'price-' + field"
            [value]="draft()[field]"
            [attr.aria-invalid]="isWrong(field) ? true : null"
            [attr.aria-describedby]="'price-' + field + '-more'"
            (input)="set(field, $any($event.target).value)"
          />
          <p class="problem" [id]="'price-' + field + '-more'">
            {{ isWrong(field) ? text().notPrice : '' }}
          </p>
        </div>
      }
      <div>
        <label for="price-access">{{ common().access }}</label>
        <select id="price-access" (change)="set('access', $any($event.target).value)">
          <option value="" [selected]="draft().access === ''">{{ text().byDefaults }}</option>
          @for (access of accesses(); track access.value) {
            <option [value]="access.value" [selected]="access.value === draft().access">
              {{ access.label }}
            </option>
          }
        </select>
      </div>
      <div class="whole">
        <label class="check">
          <input
            type="checkbox"
            [checked]="draft().needsAck"
            (change)="set('needsAck', $any($event.target).checked)"
          />
          {{ text().needsAck }}
        </label>
      </div>
      <div class="whole">
        <label for="price-agreement">{{ text().ackMessage }}</label>
        <textarea
          id="price-agreement"
          rows="3"
          maxlength="5000"
          aria-describedby="price-agreement-more"
          [value]="draft().ackMessage"
          (input)="set('ackMessage', $any($event.target).value)"
        ></textarea>
        <p class="hint" id="price-agreement-more">{{ text().ackHint }}</p>
      </div>
      <div class="whole">
        <button
          matButton="filled"
          type="submit"
          [disabled]="isSaving() || provider() === null"
          disabledInteractive
        >
          {{ words().save }}
        </button>
      </div>
    </form>
  `,
  styleUrl: '../../models/fields.scss',
  styles: `
    form {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr));
      gap: 8px 16px;
    }
    .whole {
      grid-column: 1 / -1;
    }
    p {
      margin: 0;
    }
  `,
})
export class ModelPrices {
  readonly model = input.required<AdministeredModel>();
  readonly changed = output<void>();

  private readonly api = inject(ApiClient);
  private readonly i18n = inject(I18n);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly common = computed(() => this.messages.text().catalogue);
  protected readonly text = computed(() => this.messages.text().catalogue.engineer);
  protected readonly fields = PRICE_FIELDS;
  protected readonly accesses = computed(() =>
    Object.entries(this.text().accesses).map(([value, label]) => ({ value, label })),
  );

  private readonly providers = resource({
    loader: () => this.api.get<ProviderDetailList>('/providers/admin'),
  });
  protected readonly provider = computed(() => {
    const all = this.providers.hasValue() ? this.providers.value().providers : [];
    return all.find(({ id }) => id === this.model().providerId) ?? null;
  });
  protected readonly draft = linkedSignal(() => {
    const provider = this.provider();
    return priceDraftOf(provider === null ? {} : settingsIn(provider, this.model().model));
  });
  private readonly wrong = signal<readonly PriceField[]>([]);
  protected readonly failure = signal('');
  protected readonly isSaving = signal(false);

  protected isWrong(field: PriceField): boolean {
    return this.wrong().includes(field);
  }

  protected set<F extends keyof PriceDraft>(field: F, value: PriceDraft[F]): void {
    this.draft.update((draft) => ({ ...draft, [field]: value }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSaving()) return;
    const provider = this.provider();
    this.failure.set('');
    this.wrong.set(wrongPrices(this.draft()));
    const [first] = this.wrong();
    if (first !== undefined) return document.getElementById(`price-${first}`)?.focus();
    if (provider === null) return;
    this.isSaving.set(true);
    try {
      const modelSettings = changedSettings(provider, this.model().model, this.draft());
      const { updatedAt } = provider;
      await this.api.patch(`/providers/${provider.id}`, { modelSettings, updatedAt });
      void this.toast.show(this.text().pricesSaved);
      this.providers.reload();
      this.changed.emit();
    } catch (cause) {
      await this.refuse(asApiError(cause));
    } finally {
      this.isSaving.set(false);
    }
  }

  private async refuse(error: ApiError): Promise<void> {
    if (error.details['reason'] === 'stale') return this.settle();
    const [first] = Object.values(fieldErrors(error));
    this.failure.set(first ?? errorText(error, this.i18n.text().errors));
  }

  /** Somebody else was faster: both versions are shown, and one of them is gone on with. */
  private async settle(): Promise<void> {
    const mine = this.draft();
    const { providers } = await this.api.get<ProviderDetailList>('/providers/admin');
    const current = providers.find(({ id }) => id === this.model().providerId);
    if (current === undefined) return this.changed.emit();
    const theirs = priceDraftOf(settingsIn(current, this.model().model));
    const kept = await chooseVersion(this.dialogs, shownPrices(theirs), shownPrices(mine));
    this.providers.set({ providers });
    if (kept === 'mine') this.draft.set(mine);
  }
}
