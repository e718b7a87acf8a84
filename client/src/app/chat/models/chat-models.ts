import { Service, computed, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type ChatModel, type ChatModelList } from '../../core/api/schema';
import { localStore } from '../../core/storage';
import { Dialogs } from '../../ui/dialogs';

/** The model that was chosen last, and the one this person always begins with. */
const KEY = 'model';
const OWN_DEFAULT_KEY = 'model.default';

/** The models this person may chat with, and the one chosen. */
@Service()
export class ChatModels {
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly list = signal<ChatModelList | null>(null);
  private readonly chosenId = signal(localStore.read(KEY));
  private readonly ownDefaultId = signal(localStore.read(OWN_DEFAULT_KEY));
  private loading: Promise<void> = Promise.resolve();
  private readonly agreeing = new Map<string, Promise<boolean>>();

  readonly failure = signal<ApiError | null>(null);
  readonly isLoaded = computed(() => this.list() !== null);
  readonly models = computed(() => this.list()?.models ?? []);
  /** The one this person has made the default; null: none. */
  readonly ownDefault = computed(() => this.byId(this.ownDefaultId())?.id ?? null);
  /** The person's own; without one, the institution's. */
  readonly defaultId = computed(() => this.ownDefault() ?? this.list()?.defaultModel ?? null);
  /** Those that cost nothing and work. */
  readonly free = computed(() => this.models().filter((model) => isFree(model) && isUsable(model)));

  /** The chosen model; else the default one; else the first that works. Null if there is none. */
  readonly selected = computed<ChatModel | null>(() => {
    const models = this.models();
    const first = models.find(isUsable) ?? models[0] ?? null;
    return this.byId(this.chosenId()) ?? this.byId(this.defaultId()) ?? first;
  });

  /** Asks the server for the list. Never throws: `failure` says what went wrong. */
  load(): Promise<void> {
    this.loading = this.fetch();
    return this.loading;
  }

  /** Resolves when the list is there, or could not be loaded. */
  async settled(): Promise<void> {
    if (this.list() === null) await this.loading;
  }

  /** Null if there is none, or it is not this person's. */
  byId(id: string | null): ChatModel | null {
    return this.models().find((model) => model.id === id) ?? null;
  }

  /** Chooses for what is asked next, and for the chats begun after it. */
  choose(id: string): void {
    this.chosenId.set(id);
    localStore.write(KEY, id);
  }

  /** Chooses for the conversation that is open, without remembering it; null: as for a new chat. */
  show(id: string | null): void {
    this.chosenId.set(id ?? this.ownDefaultId() ?? localStore.read(KEY));
  }

  /** The model new chats begin with; null: the institution's. */
  makeDefault(id: string | null): void {
    this.ownDefaultId.set(id);
    localStore.write(OWN_DEFAULT_KEY, id);
  }

  /**
   * Where a model asks for an agreement before its first use, shows what is agreed to. Resolves
   * with whether the model may be used now; asking twice at once shows one dialog.
   */
  ensureAcknowledged(model: ChatModel): Promise<boolean> {
    const { access } = this.byId(model.id) ?? model;
    if (access === 'allowed') return Promise.resolve(true);
    const asked = this.agreeing.get(model.id) ?? this.ask(model.id);
    this.agreeing.set(model.id, asked);
    return asked;
  }

  /** Records the agreement. Rejects with an ApiError. */
  async acknowledge(model: ChatModel): Promise<void> {
    const textHash = model.acknowledgement?.textHash ?? '';
    await this.api.post('/api/acknowledgements', { model: model.id, textHash });
    this.list.update((list) => list && { ...list, models: list.models.map(agreed(model.id)) });
  }

  private async fetch(): Promise<void> {
    this.failure.set(null);
    try {
      this.list.set(await this.api.get<ChatModelList>('/chat/models'));
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  private async ask(modelId: string): Promise<boolean> {
    try {
      const load = () =>
        import('./acknowledgement-dialog').then((file) => file.AcknowledgementDialog);
      return (await this.dialogs.open<boolean>(load, { data: modelId, width: '560px' })) === true;
    } finally {
      this.agreeing.delete(modelId);
    }
  }
}

export function isFree(model: ChatModel): boolean {
  return model.inputCostPerMillion === 0 && model.outputCostPerMillion === 0;
}

function isUsable(model: ChatModel): boolean {
  return model.status !== 'down';
}

function agreed(id: string) {
  return (model: ChatModel): ChatModel =>
    model.id === id ? { ...model, access: 'allowed', acknowledgement: null } : model;
}
