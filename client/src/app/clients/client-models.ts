import { Component, computed, inject, input, output, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { asApiError } from '../core/api/api-error';
import { type ClientDetail, type ModelStanding, type ModelStandingList } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Badge } from '../ui/badge';
import { Dialogs } from '../ui/dialogs';
import { errorText } from '../ui/error-text';
import { Field, FieldControl } from '../ui/form/field';
import { keepShown } from '../ui/page/keep-shown';
import { Region } from '../ui/page/region';
import { Toast } from '../ui/toast';

/** Which models a client may use, what has to be agreed to first, and which is its default. */
@Component({
  selector: 'app-client-models',
  imports: [Badge, Field, FieldControl, MatButton, Region],
  templateUrl: './client-models.html',
  styleUrl: '../ui/part.scss',
})
export class ClientModels {
  readonly client = input.required<ClientDetail>();
  readonly changed = output<void>();

  protected readonly i18n = inject(I18n);
  private readonly api = inject(ApiClient);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().clients);
  protected readonly failure = signal<string | null>(null);
  private readonly address = computed(() => `/api/clients/${this.client().id}`);
  protected readonly models = keepShown(
    resource({
      params: () => `${this.address()}/models`,
      loader: ({ params }) => this.api.get<ModelStandingList>(params),
    }),
  );
  protected readonly unchosen = computed(() => {
    const { defaultModel, effectiveDefaultModel } = this.client();
    const { byFile, noDefault } = this.text();
    const ofFile = defaultModel === null ? effectiveDefaultModel : null;
    return ofFile === null ? noDefault : byFile(ofFile);
  });

  protected async choose(event: Event): Promise<void> {
    const defaultModel = (event.target as HTMLSelectElement).value || null;
    this.failure.set(null);
    try {
      const { version: basedOn } = this.client();
      await this.api.put(`${this.address()}/ai-configuration`, { defaultModel, basedOn });
      void this.toast.show(this.messages.text().words.saved);
    } catch (cause) {
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    }
    this.changed.emit();
  }

  protected async acknowledge({ model, acknowledgement }: ModelStanding): Promise<void> {
    if (acknowledgement === null) return;
    const { acknowledgeTitle, agree } = this.text();
    const data = { title: acknowledgeTitle(model), text: acknowledgement.text, action: agree };
    const isAgreed = await this.dialogs.open<boolean>(
      () => import('../ui/text-dialog').then((file) => file.TextDialog),
      { data, width: '560px' },
    );
    if (isAgreed !== true) return;
    try {
      const { textHash } = acknowledgement;
      await this.api.post(`${this.address()}/acknowledgements`, { model, textHash });
    } catch (cause) {
      void this.toast.show(errorText(asApiError(cause), this.i18n.text().errors));
    }
    this.models.reload();
  }
}
