import { Component, computed, inject, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';

import { Announcements } from '../core/announcements/announcements';
import { type ShownAnnouncement } from '../core/api/schema';
import { I18n } from '../core/i18n/i18n';
import { Dialogs } from '../ui/dialogs';
import { Icon } from '../ui/icon/icon';

/** More would push the page down: the rest waits behind a button. */
const MOST = 2;
const ICONS = { info: 'info', success: 'check', warning: 'warning', critical: 'error' } as const;

/** What the institution announces, above every page: the gravest two, a line each. */
@Component({
  selector: 'app-announcement-strip',
  imports: [Icon, MatIconButton],
  template: `
    <section [attr.aria-label]="text().title">
      @for (each of shown(); track each.id) {
        <div class="line" [class]="each.severity">
          <app-icon [name]="icons[each.severity]" />
          <p>
            <span class="sr-only">{{ text().severities[each.severity] }}:</span>
            {{ each.title }}
          </p>
          @if (each.text !== '') {
            <button
              type="button"
              class="plain"
              [attr.aria-label]="text().readNamed(each.title)"
              (click)="read(each)"
            >
              {{ text().read }}
            </button>
          }
          @if (each.isDismissible) {
            <button
              matIconButton
              type="button"
              [attr.aria-label]="text().dismissNamed(each.title)"
              (click)="announcements.dismiss(each)"
            >
              <app-icon name="close" />
            </button>
          }
        </div>
      }
      @if (hidden() > 0) {
        <div class="line info">
          <button type="button" class="plain" (click)="isWhole.set(true)">
            {{ text().more(hidden()) }}
          </button>
        </div>
      }
    </section>
  `,
  styleUrl: './announcement-strip.scss',
})
export class AnnouncementStrip {
  protected readonly announcements = inject(Announcements);
  private readonly dialogs = inject(Dialogs);
  private readonly i18n = inject(I18n);

  protected readonly icons = ICONS;
  protected readonly isWhole = signal(false);
  protected readonly text = computed(() => this.i18n.text().shell.announcements);
  protected readonly shown = computed(() =>
    this.announcements.shown().slice(0, this.isWhole() ? undefined : MOST),
  );
  protected readonly hidden = computed(
    () => this.announcements.shown().length - this.shown().length,
  );

  protected read(announcement: ShownAnnouncement): void {
    void this.dialogs.open(() => import('../ui/text-dialog').then((file) => file.TextDialog), {
      data: { title: announcement.title, text: announcement.text },
      width: '560px',
    });
  }
}
