import { Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { ApiError, asApiError } from '../../core/api/api-error';
import {
  type CheckedConfiguration,
  type Configuration,
  type ConfigurationField,
  type ConfigurationSchema,
} from '../../core/api/schema';
import {
  type Path,
  changesBetween,
  formatPath,
  valueAt,
  withName,
  withValue,
} from './draft-values';

const ADDRESS = '/api/admin/configuration';
const CHECK_AFTER_MS = 400;

interface Rename {
  path: Path;
  name: string;
}

/** The configuration as it is and as somebody is about to change it: by the form or as a text. */
@Service()
export class ConfigurationDraft {
  private readonly api = inject(ApiClient);

  readonly fields = signal<readonly ConfigurationField[]>([]);
  readonly shown = signal<Configuration | null>(null);
  readonly failure = signal<ApiError | null>(null);
  /** What the server says of the draft. */
  readonly checked = signal<CheckedConfiguration | null>(null);
  readonly checkFailure = signal<ApiError | null>(null);
  readonly isChecking = signal(false);
  readonly isSaving = signal(false);
  /** The whole text, where that is edited. */
  readonly text = signal<string | null>(null);
  readonly query = signal('');

  private readonly values = signal<unknown>(null);
  /** What the file says, with the new names, so that only other differences remain. */
  private readonly base = signal<unknown>(null);
  private readonly renames = signal<readonly Rename[]>([]);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  readonly isReadOnly = computed(() => (this.shown()?.readOnly ?? null) !== null);
  readonly formChanges = computed(() => [
    ...this.renames(),
    ...changesBetween(this.base(), this.values()),
  ]);
  readonly isTextChanged = computed(() => {
    const text = this.text();
    return text !== null && text !== this.shown()?.text;
  });
  readonly count = computed(() =>
    this.isTextChanged()
      ? Math.max(1, this.checked()?.changes.length ?? 1)
      : this.formChanges().length,
  );

  async load(): Promise<void> {
    this.failure.set(null);
    try {
      const [schema, shown] = await Promise.all([
        this.api.get<ConfigurationSchema>(`${ADDRESS}/schema`),
        this.api.get<Configuration>(ADDRESS),
      ]);
      this.fields.set(schema.fields);
      this.start(shown);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  /** Begins anew with what the file says. */
  start(shown: Configuration): void {
    this.cancelCheck();
    this.shown.set(shown);
    this.values.set(shown.values);
    this.base.set(shown.values);
    this.renames.set([]);
    this.text.set(null);
    this.checked.set(null);
    this.checkFailure.set(null);
  }

  discard(): void {
    const shown = this.shown();
    if (shown !== null) this.start(shown);
  }

  valueAt(path: Path): unknown {
    return valueAt(this.values(), path);
  }

  /** What the file says there. */
  savedAt(path: Path): unknown {
    return valueAt(this.base(), path);
  }

  /** What is in force, and from where; only outside of lists and mappings. */
  effectiveAt(path: Path) {
    const wanted = formatPath(path);
    return this.shown()?.effective.find((value) => value.path === wanted);
  }

  problemsAt(path: Path): string[] {
    const place = formatPath(path);
    const problems = this.checked()?.problems ?? [];
    return problems
      .filter(({ field }) => field === place)
      .map(({ message, expected }) =>
        expected === undefined ? message : `${message}: ${expected}`,
      );
  }

  set(path: Path, value: unknown): void {
    this.values.update((values) => withValue(values, path, value));
    this.checkSoon();
  }

  rename(path: Path, name: string): void {
    const isInFile = this.savedAt(path) !== undefined;
    this.values.update((values) => withName(values, path, name));
    if (isInFile) {
      this.base.update((values) => withName(values, path, name));
      this.renames.update((renames) => [...renames, { path, name }]);
    }
    this.checkSoon();
  }

  setText(text: string): void {
    this.text.set(text);
    this.checkSoon();
  }

  private checkSoon(): void {
    this.cancelCheck();
    this.timer = setTimeout(() => void this.check(), CHECK_AFTER_MS);
  }

  private cancelCheck(): void {
    clearTimeout(this.timer);
    this.turn += 1;
    this.isChecking.set(false);
  }

  /** Asks the server what the draft means; an answer that came too late is dropped. */
  async check(): Promise<void> {
    this.cancelCheck();
    const turn = this.turn;
    if (this.count() === 0) {
      this.checked.set(null);
      return;
    }
    this.isChecking.set(true);
    try {
      const checked = await this.api.post<CheckedConfiguration>(`${ADDRESS}/check`, this.body());
      if (turn !== this.turn) return;
      this.checked.set(checked);
      this.checkFailure.set(null);
    } catch (cause) {
      if (turn === this.turn) this.checkFailure.set(asApiError(cause));
    } finally {
      if (turn === this.turn) this.isChecking.set(false);
    }
  }

  /**
   * Saves over the given version of the file.
   * @throws ApiError; a conflict when the file has changed since
   */
  async save(version: string): Promise<Configuration> {
    this.isSaving.set(true);
    try {
      const shown = await this.api.put<Configuration>(ADDRESS, { version, ...this.body() });
      this.start(shown);
      return shown;
    } catch (cause) {
      throw asApiError(cause);
    } finally {
      this.isSaving.set(false);
    }
  }

  /** What the file says by now, and what the others changed in it since this draft began. */
  async theirs(): Promise<{ shown: Configuration; changed: CheckedConfiguration }> {
    const shown = await this.api.get<Configuration>(ADDRESS);
    const own = this.shown()?.text ?? '';
    const changed = await this.api.post<CheckedConfiguration>(`${ADDRESS}/check`, { text: own });
    return { shown, changed };
  }

  private body(): { text: string } | { changes: unknown[] } {
    const text = this.text();
    return text !== null && this.isTextChanged() ? { text } : { changes: this.formChanges() };
  }
}
