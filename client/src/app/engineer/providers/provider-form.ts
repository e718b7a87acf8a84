import {
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError, fieldErrors } from '../../core/api/api-error';
import { type ProviderDetail, type ProviderDetailList } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { errorText } from '../../ui/error-text';
import {
  bodyOf,
  type DraftField,
  type DraftProblems,
  draftOf,
  EMPTY_DRAFT,
  modelNames,
  problemsOf,
  type ProviderDraft,
} from './provider-draft';
import { ProviderTest } from './provider-test';

/** The fields of one line, and those that are on or off. */
const LINES = ['name', 'slug', 'baseUrl'] as const;
const FLAGS = ['isEnabled', 'isDefault'] as const;
const FIELDS: readonly DraftField[] = ['name', 'slug', 'type', 'baseUrl', 'apiKey', 'models'];

/** A new provider, or one that is changed; can be tested before it is saved. */
@Component({
  selector: 'app-provider-form',
  imports: [MatButton, ProviderTest],
  templateUrl: './provider-form.html',
  styleUrls: ['../../models/fields.scss', './provider-form.scss'],
})
export class ProviderForm {
  /** Null: a new one. */
  readonly provider = input.required<ProviderDetail | null>();
  readonly saved = output<ProviderDetail>();
  readonly cancelled = output<void>();

  private readonly injector = inject(Injector);
  private readonly api = inject(ApiClient);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().catalogue.providers);
  protected readonly testText = computed(() => this.messages.text().catalogue.test);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly lines = LINES;
  protected readonly flags = FLAGS;
  private readonly summary = viewChild<ElementRef<HTMLElement>>('summary');

  protected readonly draft = linkedSignal<ProviderDraft>(() => {
    const provider = this.provider();
    return provider === null ? EMPTY_DRAFT : draftOf(provider);
  });
  protected readonly problems = signal<DraftProblems>({});
  /** What is wrong beside single fields. */
  protected readonly failure = signal('');
  /** What somebody else saved meanwhile; null: nobody did. */
  protected readonly newer = signal<ProviderDetail | null>(null);
  protected readonly isSaving = signal(false);
  protected readonly wrong = computed(() => FIELDS.filter((field) => field in this.problems()));
  protected readonly models = computed(() => modelNames(this.draft().models));
  protected readonly standIn = computed(() => {
    const { baseUrl, apiKey } = this.draft();
    const key = apiKey.trim();
    return { baseUrl: baseUrl.trim(), ...(key === '' ? {} : { apiKey: key }) };
  });
  protected readonly keyHint = computed(() => {
    const provider = this.provider();
    if (provider?.keyState === 'unreadable') return this.text().unreadableKey;
    const key = provider?.apiKey ?? null;
    return key === null ? this.text().keyHint : this.text().keepKey(key);
  });

  protected set<F extends DraftField>(field: F, value: ProviderDraft[F]): void {
    this.draft.update((draft) => ({ ...draft, [field]: value }));
  }

  protected enter(names: readonly string[]): void {
    this.set('models', [...this.models(), ...names].join('\n'));
  }

  protected label(field: DraftField): string {
    const { name, slug, type, baseUrl, key, models, enabled, isDefault } = this.text();
    const labels = {
      name,
      slug,
      type,
      baseUrl,
      apiKey: key,
      models,
      isEnabled: enabled,
      isDefault,
    };
    return labels[field];
  }

  /** What the newer version has in a field, where that is not what stands there. */
  protected theirs(field: DraftField): string | null {
    const newer = this.newer();
    if (newer === null) return null;
    const value = draftOf(newer)[field];
    if (value === this.draft()[field]) return null;
    const { yes, no } = this.words();
    const shown = typeof value === 'boolean' ? (value ? yes : no) : value.replaceAll('\n', ', ');
    return this.text().theirs(shown);
  }

  protected takeNewer(): void {
    const newer = this.newer();
    if (newer !== null) this.draft.set(draftOf(newer));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    if (this.isSaving()) return;
    this.failure.set('');
    this.problems.set(problemsOf(this.draft(), this.text().errors));
    if (this.wrong().length > 0) return this.tellProblems();
    this.isSaving.set(true);
    try {
      this.saved.emit(await this.send());
    } catch (cause) {
      await this.tellFailure(asApiError(cause));
    } finally {
      this.isSaving.set(false);
    }
  }

  private send(): Promise<ProviderDetail> {
    const body = bodyOf(this.draft());
    const provider = this.provider();
    if (provider === null) return this.api.post<ProviderDetail>('/providers', body);
    const { updatedAt } = this.newer() ?? provider;
    return this.api.patch<ProviderDetail>(`/providers/${provider.id}`, { ...body, updatedAt });
  }

  private async tellFailure(error: ApiError): Promise<void> {
    this.problems.set(fieldErrors(error));
    if (error.details['reason'] === 'stale') {
      const { providers } = await this.api.get<ProviderDetailList>('/providers/admin');
      this.newer.set(providers.find(({ id }) => id === this.provider()?.id) ?? null);
      this.failure.set(this.words().stale);
    } else if (this.wrong().length === 0) {
      this.failure.set(errorText(error, this.i18n.text().errors));
    }
    this.tellProblems();
  }

  private tellProblems(): void {
    afterNextRender(() => this.summary()?.nativeElement.focus(), { injector: this.injector });
  }

  protected jumpTo(event: Event, field: DraftField): void {
    event.preventDefault();
    document.getElementById(`provider-${field}`)?.focus();
  }
}
