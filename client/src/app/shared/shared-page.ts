import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { ApiClient } from '../core/api/api-client';
import { type ApiError, asApiError } from '../core/api/api-error';
import { type SharedConversation } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { errorText } from '../ui/error-text';
import { Icon } from '../ui/icon/icon';
import { Markdown } from '../ui/markdown/markdown';
import { Notice } from '../ui/notice';
import { FooterLinks } from '../ui/footer-links';
import { TopBar } from '../ui/top-bar';

/** A conversation that somebody shares, to be read. */
@Component({
  imports: [FooterLinks, Icon, Markdown, MatButton, Notice, RouterLink, TopBar],
  templateUrl: './shared-page.html',
  styleUrl: './shared-page.scss',
})
export class SharedPage {
  /** Of the share, from the address. */
  readonly id = input.required<string>();

  private readonly api = inject(ApiClient);
  protected readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().shared);
  protected readonly conversation = signal<SharedConversation | null>(null);
  protected readonly failure = signal<ApiError | null>(null);
  protected readonly heading = computed(
    () => this.conversation()?.title || this.i18n.text().conversations.untitled,
  );
  /** Who has no such link, or one that was revoked, is told the same. */
  protected readonly isGone = computed(() => [400, 404].includes(this.failure()?.status ?? 0));

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    const id = this.id();
    this.failure.set(null);
    this.conversation.set(null);
    try {
      const path = `/chat/shared/${encodeURIComponent(id)}`;
      const conversation = await this.api.get<SharedConversation>(path);
      if (id === this.id()) this.conversation.set(conversation);
    } catch (cause) {
      if (id === this.id()) this.failure.set(asApiError(cause));
    }
  }

  protected describe(error: ApiError): string {
    return errorText(error, this.i18n.text().errors);
  }
}
