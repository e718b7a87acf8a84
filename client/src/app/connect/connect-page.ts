import { DOCUMENT, Component, computed, inject, input, resource, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router, RouterLink } from '@angular/router';

import { ConsoleText } from '../console/console-text';
import { ApiClient } from '../core/api/api-client';
import { type ChatModel, type ChatModelList, type CreatedApiKey } from '../core/api/schema';
import { Session } from '../core/auth/session';
import { I18n } from '../core/i18n/i18n';
import { KeysStore } from '../keys/keys-store';
import { CopyButton } from '../ui/copy-button';
import { Dialogs } from '../ui/dialogs';
import { Icon } from '../ui/icon/icon';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page/page';
import { Region } from '../ui/page/region';
import { TextFile } from '../ui/text-file';
import { CodeSample } from './code-sample';
import { KEY_VARIABLE, type Step } from './snippets/snippet';
import { TOOLS, toolOf } from './snippets/tools';
import { TestConnection } from './test-connection';

/** From a key and a model to a tool that works: what to install, save and type, ready made. */
@Component({
  selector: 'app-connect-page',
  imports: [
    CodeSample,
    CopyButton,
    Icon,
    MatButton,
    Notice,
    Page,
    Region,
    RouterLink,
    TestConnection,
  ],
  templateUrl: './connect-page.html',
  styleUrl: './connect-page.scss',
})
export class ConnectPage {
  /** From the address. */
  readonly tool = input<string>();
  readonly model = input<string>();

  protected readonly i18n = inject(I18n);
  protected readonly store = inject(KeysStore);
  private readonly messages = inject(ConsoleText);
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly files = inject(TextFile);
  private readonly session = inject(Session);
  private readonly origin = inject(DOCUMENT).location.origin;

  protected readonly text = computed(() => this.messages.text().tools.connect);
  protected readonly heading = computed(() => this.messages.text().nav.connect);
  protected readonly tools = TOOLS;
  protected readonly newKey = signal('');
  protected readonly models = resource({
    loader: () => this.api.get<ChatModelList>('/chat/models'),
  });

  protected readonly chosenTool = computed(() => toolOf(this.tool()));
  protected readonly chosenModel = computed<ChatModel | null>(() => {
    const list = this.models.hasValue() ? this.models.value() : null;
    if (list === null) return null;
    const byId = (id: string | null | undefined) => list.models.find((model) => model.id === id);
    return byId(this.model()) ?? byId(list.defaultModel) ?? list.models[0] ?? null;
  });
  protected readonly steps = computed<readonly Step[]>(() => {
    const model = this.chosenModel();
    const connection = { origin: this.origin, site: this.session.app().name };
    return model === null ? [] : this.chosenTool().steps({ ...connection, model });
  });
  protected readonly showsPrices = computed(() =>
    ['opencode', 'cline'].includes(this.chosenTool().id),
  );
  protected readonly environment = computed(() => environmentOf(this.newKey() || 'sk_…'));
  protected readonly powershell = computed(
    () => `$env:${KEY_VARIABLE} = "${this.newKey() || 'sk_…'}"`,
  );

  constructor() {
    void this.store.load();
  }

  protected choose(choice: { tool?: string; model?: string }): void {
    void this.router.navigate([], {
      queryParams: choice,
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }

  protected async createKey(): Promise<void> {
    const created = await this.dialogs.open<CreatedApiKey>(
      () => import('../keys/create-key-dialog').then((file) => file.CreateKeyDialog),
      { width: '560px', disableClose: true, data: environmentOf, autoFocus: 'input' },
    );
    if (created) this.newKey.set(created.key);
  }

  protected factsOf(model: ChatModel): string[] {
    const { context, output, price } = this.text();
    const number = (value: number) => this.i18n.number(value);
    return [
      ...(model.contextWindow === null ? [] : [context(number(model.contextWindow))]),
      ...(model.maxOutputTokens === null ? [] : [output(number(model.maxOutputTokens))]),
      price(number(model.inputCostPerMillion), number(model.outputCostPerMillion)),
    ];
  }

  protected save(name: string, text: string): void {
    this.files.save(name, text);
  }
}

function environmentOf(key: string): string {
  return `export ${KEY_VARIABLE}="${key}"`;
}
