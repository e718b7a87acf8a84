import { Service, inject } from '@angular/core';
import { firstValueFrom } from 'rxjs';

import { type ChatModel } from '../../core/api/schema';
import { AnchoredDialogs } from '../../ui/anchored-dialogs';
import { ChatModels } from './chat-models';
import { type ModelPickerData } from './model-picker';

export interface ModelPickerOptions {
  /** What was pressed; the focus returns there. */
  origin: HTMLElement;
  /** What is being chosen. */
  label: string;
  align: 'start' | 'end';
  data: ModelPickerData;
}

/** Opens the list of models, whose code is loaded when it is about to be wanted. */
@Service()
export class ModelPickers {
  private readonly models = inject(ChatModels);
  private readonly dialogs = inject(AnchoredDialogs);

  load() {
    return import('./model-picker').then((file) => file.ModelPicker);
  }

  /** Resolves with the chosen model; null if none was, or a list is open already. */
  async pick(options: ModelPickerOptions): Promise<ChatModel | null> {
    const picker = this.dialogs.open<string>(await this.load(), options);
    if (picker === undefined) return null;
    const id = await firstValueFrom(picker.closed, { defaultValue: undefined });
    return this.models.byId(id ?? null);
  }
}
