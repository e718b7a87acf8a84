import { Component, computed, inject, input, resource } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ChatModels } from '../chat/models/chat-models';
import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { asApiError } from '../core/api/api-error';
import { type ModelPage as ModelPageData, type ModelReadme } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Badge } from '../ui/badge';
import { Icon } from '../ui/icon/icon';
import { Markdown } from '../ui/markdown/markdown';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page/page';
import { Region } from '../ui/page/region';
import { modelPath } from './filter-models';
import { ModelAgreement } from './model-agreement';
import { AccessBadge, StatusBadge } from './model-facts';
import { ModelTexts } from './model-texts';
import { RequestBars } from './request-bars';

const TONES = { up: 'good', trial: 'warning', down: 'bad' } as const;

/** All that people may know of one model, and what they can do with it. */
@Component({
  imports: [
    AccessBadge,
    Badge,
    Icon,
    Markdown,
    MatButton,
    ModelAgreement,
    Notice,
    Page,
    Region,
    RequestBars,
    RouterLink,
    StatusBadge,
  ],
  templateUrl: './model-page.html',
  styleUrl: './model-page.scss',
})
export class ModelPage {
  /** The model, from the address; may contain slashes. */
  readonly name = input.required<string>();

  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly chatModels = inject(ChatModels);
  private readonly messages = inject(ConsoleText);
  protected readonly i18n = inject(I18n);
  protected readonly texts = inject(ModelTexts);
  protected readonly text = computed(() => this.messages.text().catalogue);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly tones = TONES;

  protected readonly model = resource({
    params: () => this.name(),
    loader: ({ params }) => {
      const tz = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
      return this.api.get<ModelPageData>(`/api/catalogue/${modelPath(params)}?tz=${tz}`);
    },
  });
  protected readonly isUnknown = computed(() => {
    const cause = this.model.error();
    return cause !== undefined && asApiError(cause).status === 404;
  });
  /** Asked for once it is known that there is a page to read it from. */
  protected readonly readme = resource({
    params: () => {
      const found = this.model.hasValue() ? this.model.value() : undefined;
      return found?.url ? found.model : undefined;
    },
    loader: ({ params }) =>
      this.api
        .get<ModelReadme>(`/api/readmes/${modelPath(params)}`)
        .catch(() => ({ text: null, source: null })),
  });
  protected readonly isWeb = computed(() => /^https?:\/\//.test(this.model.value()?.url ?? ''));

  protected async use(model: string): Promise<void> {
    if (this.chatModels.byId(model) === null) await this.chatModels.load();
    this.chatModels.choose(model);
    await this.router.navigateByUrl('/chat');
  }
}
