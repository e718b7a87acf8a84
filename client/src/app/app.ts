import { Component, computed, inject } from '@angular/core';
import { Router, RouterOutlet } from '@angular/router';

import { Session } from './core/auth/session';
import { FailedPage } from './core/failed-page';
import { I18n } from './core/i18n/i18n';
import { PageTitle } from './core/page-title';
import { Branding } from './core/theme/branding';
import { Theme } from './core/theme/theme';
import { Notice } from './ui/notice';

/** Finds out who is there, for which the router waits with the page. */
@Component({
  selector: 'app-root',
  imports: [Notice, RouterOutlet],
  template: `
    @if (isNavigating()) {
      <div class="route-progress" aria-hidden="true"></div>
    }
    @if (session.failure() !== null) {
      <main>
        <h1 class="sr-only">{{ session.app().name }}</h1>
        <app-notice icon="error" [heading]="text().title" [text]="text().text">
          <button type="button" class="plain-action" (click)="session.load()">
            {{ i18n.text().shell.retry }}
          </button>
        </app-notice>
      </main>
    }
    <router-outlet />
    @if (failedPage.url(); as url) {
      <div role="alert" class="page-failed">
        <p>{{ i18n.text().shell.pageFailed }}</p>
        <!-- Not a router link: everything is to be loaded anew. -->
        <a [href]="url">{{ i18n.text().shell.reload }}</a>
        <button type="button" (click)="failedPage.url.set(null)">
          {{ i18n.text().shell.close }}
        </button>
      </div>
    }
  `,
  styleUrl: './app.scss',
})
export class App {
  protected readonly failedPage = inject(FailedPage);
  protected readonly session = inject(Session);
  protected readonly i18n = inject(I18n);
  private readonly router = inject(Router);

  protected readonly text = computed(() => this.i18n.text().shell.unavailable);
  protected readonly isNavigating = computed(
    () => this.router.currentNavigation() !== null && this.session.failure() === null,
  );

  constructor() {
    inject(Theme);
    inject(Branding);
    inject(PageTitle).set('');
    void this.session.load();
  }
}
