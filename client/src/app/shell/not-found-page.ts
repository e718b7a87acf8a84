import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';

import { I18n } from '../core/i18n/i18n';
import { Notice } from '../ui/notice';
import { TopBar } from '../ui/top-bar';

@Component({
  imports: [MatButton, Notice, RouterLink, TopBar],
  template: `
    <app-top-bar [heading]="text().title" />
    <app-notice icon="search" [heading]="text().title" [text]="text().text">
      <a matButton="filled" routerLink="/chat">{{ text().back }}</a>
    </app-notice>
  `,
})
export class NotFoundPage {
  private readonly i18n = inject(I18n);
  protected readonly text = computed(() => this.i18n.text().shell.notFound);
}
