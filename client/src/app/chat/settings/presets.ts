import { Service, inject, signal } from '@angular/core';

import { ApiClient } from '../../core/api/api-client';
import { type ApiError, asApiError } from '../../core/api/api-error';
import { type Preset, type PresetList, type SavePreset } from '../../core/api/schema';

/** Settings this person keeps under a name. */
@Service()
export class Presets {
  private readonly api = inject(ApiClient);
  private readonly state = signal<readonly Preset[]>([]);

  /** By name. */
  readonly presets = this.state.asReadonly();
  readonly isLoaded = signal(false);
  readonly failure = signal<ApiError | null>(null);

  /** Never throws: `failure` says what went wrong. */
  async load(): Promise<void> {
    this.failure.set(null);
    try {
      this.state.set((await this.api.get<PresetList>('/chat/presets')).presets);
      this.isLoaded.set(true);
    } catch (cause) {
      this.failure.set(asApiError(cause));
    }
  }

  /** Rejects with an ApiError, as do the others. */
  async create(preset: SavePreset): Promise<Preset> {
    const created = await this.api.post<Preset>('/chat/presets', preset);
    this.put(created);
    return created;
  }

  async save({ id, ...preset }: Preset): Promise<void> {
    this.put(await this.api.put<Preset>(`/chat/presets/${id}`, preset));
  }

  async remove({ id }: Preset): Promise<void> {
    await this.api.delete(`/chat/presets/${id}`);
    this.state.update((presets) => presets.filter((preset) => preset.id !== id));
  }

  private put(saved: Preset): void {
    const others = this.state().filter(({ id }) => id !== saved.id);
    this.state.set([...others, saved].sort((a, b) => a.name.localeCompare(b.name)));
  }
}
