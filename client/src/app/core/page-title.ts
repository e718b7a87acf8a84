import { Service, effect, inject, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';

import { Session } from './auth/session';

/** The document's title: the page, then the portal. */
@Service()
export class PageTitle {
  private readonly title = inject(Title);
  private readonly session = inject(Session);
  private readonly page = signal('');

  constructor() {
    effect(() => {
      const parts = [this.page(), this.session.app().name].filter((part) => part !== '');
      this.title.setTitle(parts.join(' · '));
    });
  }

  set(page: string): void {
    this.page.set(page);
  }
}
