import { DOCUMENT, Component, ElementRef, computed, inject, input, resource } from '@angular/core';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type HelpPage } from '../core/api/schema';
import { Icon } from '../ui/icon/icon';
import { Markdown } from '../ui/markdown/markdown';
import { Region } from '../ui/page/region';
import { headingsOf, withWholeAddresses } from './help-text';

/** One page of the documentation, with its table of contents. */
@Component({
  selector: 'app-help-topic',
  imports: [Icon, Markdown, Region, RouterLink],
  template: `
    <a class="back" routerLink="/help"><app-icon name="arrow_back" />{{ text().allTopics }}</a>
    <app-region [of]="page" skeleton="text">
      <ng-template>
        @let shown = page.value();
        @if (shown) {
          <div class="columns" [class.has-contents]="headings().length > 1">
            <article lang="en">
              <h2 tabindex="-1">{{ shown.title }}</h2>
              <app-markdown [text]="markdown()" (click)="follow($event)" />
            </article>
            @if (headings().length > 1) {
              <nav [attr.aria-label]="text().contents">
                <p aria-hidden="true">{{ text().contents }}</p>
                <ul lang="en">
                  @for (heading of headings(); track $index) {
                    <li [class.is-deep]="heading.depth > 2">
                      <a [href]="'#' + heading.anchor" (click)="go($event, $index)">
                        {{ heading.title }}
                      </a>
                    </li>
                  }
                </ul>
              </nav>
            }
          </div>
        }
      </ng-template>
    </app-region>
  `,
  styleUrl: './help-topic-view.scss',
})
export class HelpTopicView {
  readonly topic = input.required<string>();

  private readonly messages = inject(ConsoleText);
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly origin = inject(DOCUMENT).location.origin;

  protected readonly text = computed(() => this.messages.text().tools.help);
  protected readonly page = resource({
    params: () => this.topic(),
    loader: ({ params: topic }) => this.api.get<HelpPage>(`/api/help/${encodeURIComponent(topic)}`),
  });
  private readonly source = computed(() => (this.page.hasValue() ? this.page.value().text : ''));
  protected readonly markdown = computed(() => withWholeAddresses(this.source(), this.origin));
  protected readonly headings = computed(() => headingsOf(this.source()));

  /** To a heading of this page: the rendered ones are in the same order. */
  protected go(event: Event, index: number): void {
    event.preventDefault();
    const heading = this.host.querySelectorAll<HTMLElement>('app-markdown :is(h3, h4, h5, h6)')[
      index
    ];
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'start' });
  }

  /** Links to other pages of the help stay in this window; all else is as the browser does it. */
  protected follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || link.origin !== this.origin) return;
    if (!link.pathname.startsWith('/help/')) return;
    event.preventDefault();
    void this.router.navigateByUrl(link.pathname);
  }
}
