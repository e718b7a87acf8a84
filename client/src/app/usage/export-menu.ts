import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { ConsoleText } from '../console/console-text';
import { Icon } from '../ui/icon/icon';
import { UsageWords } from './usage-words';

/** The files that what is shown can be had as. */
@Component({
  selector: 'app-export-menu',
  imports: [Icon, MatButton, MatMenu, MatMenuItem, MatMenuTrigger],
  template: `
    <button matButton="filled" type="button" [matMenuTriggerFor]="menu">
      <app-icon matButtonIcon name="download" />{{ words().export }}
    </button>
    <mat-menu #menu="matMenu" xPosition="before">
      @if (hasTable()) {
        <button mat-menu-item type="button" (click)="tableAsked.emit()">
          {{ text().export.table }}
        </button>
      }
      <a mat-menu-item download [href]="address() + '?' + query() + '&detail=days'">
        {{ text().export.days }}
      </a>
      <a mat-menu-item download [href]="address() + '?' + query() + '&detail=requests'">
        {{ text().export.requests }}
      </a>
    </mat-menu>
  `,
})
export class ExportMenu {
  /** The server's address of files. */
  readonly address = input.required<string>();
  /** The period and filters of what is shown. */
  readonly query = input.required<string>();
  readonly hasTable = input(true);
  readonly tableAsked = output<void>();

  private readonly messages = inject(ConsoleText);
  protected readonly text = inject(UsageWords).text;
  protected readonly words = computed(() => this.messages.text().words);
}
