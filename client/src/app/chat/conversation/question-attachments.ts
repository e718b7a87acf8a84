import { Component, computed, inject, input } from '@angular/core';

import { type Attachment } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Icon } from '../../ui/icon/icon';

/** What a question came with: pictures to be seen, the rest by name. */
@Component({
  selector: 'app-question-attachments',
  imports: [Icon],
  template: `
    <ul [attr.aria-label]="text().attachments">
      @for (file of attachments(); track file.id) {
        <li>
          <a
            [href]="addressOf(file)"
            [class.is-picture]="file.kind === 'image'"
            [attr.aria-label]="text().openAttachment(file.name)"
            target="_blank"
            rel="noopener"
          >
            @if (file.kind === 'image') {
              <img [src]="addressOf(file)" alt="" loading="lazy" decoding="async" />
            } @else {
              <app-icon name="description" />
              <span>{{ file.name }}</span>
            }
          </a>
        </li>
      }
    </ul>
  `,
  styles: `
    :host {
      display: block;
      max-inline-size: 85%;
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 8px;
      margin: 0 0 4px;
      padding: 0;
      list-style: none;
    }
    a {
      display: flex;
      align-items: center;
      gap: 8px;
      max-inline-size: 240px;
      min-block-size: 44px;
      padding-inline: 12px 16px;
      box-sizing: border-box;
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-body-medium);
      text-decoration: none;
    }
    a:hover span {
      text-decoration: underline;
    }
    span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .is-picture {
      padding: 0;
      overflow: hidden;
    }
    img {
      display: block;
      max-inline-size: 240px;
      block-size: 120px;
      object-fit: cover;
    }
  `,
})
export class QuestionAttachments {
  readonly attachments = input.required<readonly Attachment[]>();

  private readonly i18n = inject(I18n);
  protected readonly text = computed(() => this.i18n.text().chat);

  protected addressOf({ id }: Attachment): string {
    return `/chat/attachments/${id}/content`;
  }
}
