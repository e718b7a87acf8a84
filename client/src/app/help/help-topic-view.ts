import {
  DOCUMENT,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  resource,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type HelpPage } from '../core/api/schema';
import { Icon } from '../ui/icon/icon';
import { Markdown } from '../ui/markdown/markdown';
import { Region } from '../ui/page/region';
import { headingsOf, withWholeAddresses } from './help-text';
import { RenderedPage, wordsOf } from './rendered-page';

/** One page of the documentation, with its table of contents. */
@Component({
  selector: 'app-help-topic',
  imports: [Icon, Markdown, Region, RouterLink],
  template: `
    <a class="back" routerLink="/help" [queryParams]="back()">
      <app-icon name="arrow_back" />{{ search() === '' ? text().allTopics : text().allFound }}
    </a>
    @if (text().onlyEnglish; as sentence) {
      <p class="english">{{ sentence }}</p>
    }
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
                      <a
                        [href]="'/help/' + topic() + '#' + heading.anchor"
                        (click)="follow($event)"
                      >
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
  /** What was looked for, which is marked. */
  readonly search = input('');

  private readonly messages = inject(ConsoleText);
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly fragment = toSignal(inject(ActivatedRoute).fragment);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly document = inject(DOCUMENT);
  private readonly origin = this.document.location.origin;
  /** Counts links that were followed: the one of a place leads there as often as it is followed. */
  private readonly visits = signal(0);

  protected readonly text = computed(() => this.messages.text().tools.help);
  protected readonly page = resource({
    params: () => this.topic(),
    loader: ({ params: topic }) => this.api.get<HelpPage>(`/api/help/${encodeURIComponent(topic)}`),
  });
  private readonly source = computed(() => (this.page.hasValue() ? this.page.value().text : ''));
  protected readonly markdown = computed(() => withWholeAddresses(this.source(), this.origin));
  protected readonly headings = computed(() => headingsOf(this.source()));

  protected readonly back = computed(() => (this.search() === '' ? {} : { search: this.search() }));

  constructor() {
    // The text is rendered by a worker: the place in it is there some time after the text.
    effect((onCleanup) => {
      this.visits();
      if (!this.page.hasValue()) return;
      const anchor = this.fragment() ?? '';
      const heading = this.headings().findIndex((each) => each.anchor === anchor);
      const page = new RenderedPage(this.host, { heading, words: wordsOf(this.search()) });
      onCleanup(() => page.close());
    });
  }

  /** Links to pages of the help and places in them stay in this window; all else is the browser's. */
  protected follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || !isPlain || link.origin !== this.origin) return;
    if (!link.pathname.startsWith('/help/')) return;
    event.preventDefault();
    const here = this.document.location;
    // What was looked for stays marked within the page.
    const query = link.pathname === here.pathname ? here.search : '';
    void this.router
      .navigateByUrl(`${link.pathname}${query}${link.hash}`)
      .then(() => this.visits.update((count) => count + 1));
  }
}
