import { Service, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type Folder, type FolderList } from '../../core/api/schema';
import { ChatEvents } from './chat-events';

const PATH = '/chat/folders';

/** The folders of the person, by name. */
@Service()
export class Folders {
  private readonly api = inject(ApiClient);
  private readonly state = signal<readonly Folder[]>([]);

  readonly folders = this.state.asReadonly();
  readonly failure = signal<ApiError | null>(null);

  constructor() {
    inject(ChatEvents).on('folders', () => void this.load());
  }

  has(id: string | null): boolean {
    return id !== null && this.state().some((folder) => folder.id === id);
  }

  /** Asks the server. Never throws: `failure` says what went wrong. */
  async load(): Promise<void> {
    this.failure.set(null);
    try {
      this.state.set((await this.api.get<FolderList>(PATH)).folders);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  /** Throws an ApiError, as the others below. */
  async create(name: string): Promise<Folder> {
    const folder = await this.api.post<Folder>(PATH, { name });
    this.put(folder);
    return folder;
  }

  async rename(id: string, name: string): Promise<void> {
    this.put(await this.api.patch<Folder>(`${PATH}/${id}`, { name }));
  }

  /** The conversations in it stay, in no folder. */
  async remove(id: string): Promise<void> {
    await this.api.delete(`${PATH}/${id}`);
    this.state.update((folders) => folders.filter((folder) => folder.id !== id));
  }

  private put(folder: Folder): void {
    const others = this.state().filter(({ id }) => id !== folder.id);
    this.state.set([...others, folder].sort((a, b) => a.name.localeCompare(b.name)));
  }
}
