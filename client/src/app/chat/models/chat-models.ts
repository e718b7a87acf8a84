import { Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type ChatModel, type ChatModelList } from '../../core/api/schema';
import { localStore } from '../../core/storage';

const KEY = 'model';

/** The models this person may chat with, and the one chosen. */
@Service()
export class ChatModels {
  private readonly api = inject(ApiClient);
  private readonly list = signal<ChatModelList | null>(null);
  private readonly chosenId = signal(localStore.read(KEY));

  readonly failure = signal<ApiError | null>(null);
  readonly isLoaded = computed(() => this.list() !== null);
  readonly models = computed(() => this.list()?.models ?? []);
  readonly defaultId = computed(() => this.list()?.defaultModel ?? null);

  /** The chosen model; else the default one; else the first that works. Null if there is none. */
  readonly selected = computed<ChatModel | null>(() => {
    const models = this.models();
    const withId = (id: string | null) => models.find((model) => model.id === id);
    const working = models.find((model) => model.status !== 'down');
    return withId(this.chosenId()) ?? withId(this.defaultId()) ?? working ?? models[0] ?? null;
  });

  /** Asks the server for the list. Never throws: `failure` says what went wrong. */
  async load(): Promise<void> {
    this.failure.set(null);
    try {
      this.list.set(await this.api.get<ChatModelList>('/chat/models'));
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  choose(id: string): void {
    this.chosenId.set(id);
    localStore.write(KEY, id);
  }
}
