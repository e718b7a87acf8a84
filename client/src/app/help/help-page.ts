import { DOCUMENT, Component, computed, inject, input, resource } from '@angular/core';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type Help } from '../core/api/schema';
import { Page } from '../ui/page/page';
import { Region } from '../ui/page/region';
import { HelpTopicView } from './help-topic-view';
import { MarkedText } from './marked-text';

/** People pause this long when they have typed what they look for. */
const TYPING_MS = 250;

/** The documentation inside the portal: its topics, a search over them, one page. */
@Component({
  selector: 'app-help-page',
  imports: [HelpTopicView, MarkedText, Page, Region, RouterLink],
  templateUrl: './help-page.html',
  styleUrl: './help-page.scss',
})
export class HelpPage {
  /** From the address: the page that is open, or what is looked for. */
  readonly topic = input<string>();
  readonly search = input<string>();

  private readonly messages = inject(ConsoleText);
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly window = inject(DOCUMENT).defaultView!;
  private typing: number | undefined;

  protected readonly heading = computed(() => this.messages.text().nav.help);
  protected readonly text = computed(() => this.messages.text().tools.help);
  protected readonly help = resource({
    params: () => ({ search: this.topic() === undefined ? (this.search() ?? '') : '' }),
    loader: ({ params: { search } }) =>
      this.api.get<Help>(
        search === '' ? '/api/help' : `/api/help?search=${encodeURIComponent(search)}`,
      ),
  });
  protected readonly version = computed(() =>
    this.help.hasValue() ? this.text().version(this.help.value().version) : '',
  );
  protected readonly groups = computed(() => {
    const topics = this.help.hasValue() ? this.help.value().topics : [];
    const audiences = [...new Set(topics.map(({ audience }) => audience))];
    return audiences.map((audience) => ({
      audience,
      topics: topics.filter((topic) => topic.audience === audience),
    }));
  });
  protected readonly found = computed(() =>
    (this.search() ?? '') === '' || !this.help.hasValue() ? null : this.help.value().topics,
  );

  /** The search is part of the address, so that it can be gone back to. */
  protected type(search: string): void {
    this.window.clearTimeout(this.typing);
    this.typing = this.window.setTimeout(() => {
      void this.router.navigate(['/help'], {
        queryParams: search.trim() === '' ? {} : { search: search.trim() },
        replaceUrl: true,
      });
    }, TYPING_MS);
  }
}
