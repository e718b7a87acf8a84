import {
  Component,
  ElementRef,
  afterRenderEffect,
  computed,
  effect,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';

import { ConsoleText } from '../../console/console-text';
import { type ConfigurationField } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { ChoiceBar } from '../../ui/choice-bar';
import { Dialogs } from '../../ui/dialogs';
import { errorText } from '../../ui/error-text';
import { Icon } from '../../ui/icon/icon';
import { Notice } from '../../ui/notice';
import { Page } from '../../ui/page/page';
import { Toast } from '../../ui/toast';
import { ConfigField } from './config-field';
import { ConfigurationDraft } from './configuration-draft';
import { docOf, labelOf, matches } from './field-text';
import { HistoryView } from './history-view';
import { RestartBanner } from './restart-banner';
import { YamlView } from './yaml-view';

/** Keys that stand at the top of the file, in a section of their own. */
const GENERAL = 'general';

interface Section {
  name: string;
  label: string;
  doc: string;
  fields: readonly ConfigurationField[];
}

/** The configuration file in the browser: by a form, as a text, and as it was before. */
@Component({
  imports: [
    ChoiceBar,
    ConfigField,
    HistoryView,
    Icon,
    MatButton,
    Notice,
    Page,
    RestartBanner,
    YamlView,
  ],
  templateUrl: './configuration-page.html',
  styleUrl: './configuration-page.scss',
  providers: [ConfigurationDraft],
})
export class ConfigurationPage {
  /** From the address. */
  readonly view = input<string>();
  readonly section = input<string>();
  readonly q = input<string>();

  protected readonly draft = inject(ConfigurationDraft);
  protected readonly i18n = inject(I18n);
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);
  private readonly toast = inject(Toast);
  private readonly messages = inject(ConsoleText);
  private readonly strip = viewChild<ElementRef<HTMLElement>>('strip');
  protected readonly heading = computed(() => this.messages.text().nav.configuration);
  protected readonly words = computed(() => this.messages.text().words);
  protected readonly text = computed(() => this.messages.text().configuration);

  protected readonly mode = computed(() => {
    const view = this.view();
    if (view === 'yaml' || view === 'history') return view;
    return this.draft.shown()?.values === null ? 'yaml' : 'form';
  });
  protected readonly modes = computed(() => [
    { value: 'form', label: this.text().form },
    { value: 'yaml', label: 'YAML' },
    { value: 'history', label: this.text().history },
  ]);
  protected readonly sections = computed<Section[]>(() => {
    const fields = this.draft.fields();
    const isSection = ({ kind, item }: ConfigurationField) =>
      kind === 'section' || kind === 'mapping' || item?.kind === 'section';
    const general = fields.filter((field) => !isSection(field));
    const { general: label, generalText: doc } = this.text();
    return [
      { name: GENERAL, label, doc, fields: general },
      ...fields.filter(isSection).map((field) => ({
        name: field.name,
        label: labelOf(field.name),
        doc: docOf(field),
        fields: [field],
      })),
    ];
  });
  protected readonly found = computed(() =>
    this.sections().filter(({ fields }) =>
      fields.some((each) => matches(each, this.draft.query())),
    ),
  );
  protected readonly chosen = computed(
    () => this.found().find(({ name }) => name === this.section()) ?? this.found()[0],
  );
  protected readonly shownFields = computed(() =>
    (this.chosen()?.fields ?? []).filter((each) => matches(each, this.draft.query())),
  );
  protected readonly failure = computed(() => {
    const error = this.draft.failure();
    return error === null ? null : errorText(error, this.i18n.text().errors);
  });
  protected readonly yamlText = computed(() => this.draft.text() ?? this.draft.shown()?.text ?? '');
  /** One draft at a time: the text is not edited while the form has changes, nor the other way. */
  protected readonly isYamlLocked = computed(
    () => this.draft.isReadOnly() || this.draft.formChanges().length > 0,
  );

  constructor() {
    effect(() => this.draft.query.set(this.q() ?? ''));
    afterRenderEffect(() => {
      if (this.chosen() !== undefined) showChosen(this.strip()?.nativeElement);
    });
    void this.draft.load();
  }

  protected go(queryParams: Record<string, string | null>): void {
    void this.router.navigate([], {
      queryParams,
      queryParamsHandling: 'merge',
      replaceUrl: 'q' in queryParams,
    });
  }

  protected async review(): Promise<void> {
    const saved = await this.dialogs.open<boolean | 'restart'>(
      () => import('./review-dialog').then((file) => file.ReviewDialog),
      { data: this.draft, width: '960px' },
    );
    const { saved: isInForce, savedForRestart } = this.text();
    if (saved === true) void this.toast.show(isInForce);
    if (saved === 'restart') void this.toast.show(savedForRestart);
  }

  protected async discard(): Promise<void> {
    const { discardTitle, discardText, discardAction } = this.text();
    const isWanted = await this.dialogs.open<boolean>(
      () => import('../../ui/confirm-dialog').then((file) => file.ConfirmDialog),
      {
        data: {
          title: discardTitle(this.draft.count()),
          text: discardText,
          action: discardAction,
        },
        width: '440px',
        role: 'alertdialog',
      },
    );
    if (isWanted === true) this.draft.discard();
  }

  protected wentBack(): void {
    void this.toast.show(this.text().restored);
  }
}

/** Where the sections stand in a row, the chosen one may be beyond its edge. */
function showChosen(strip: HTMLElement | undefined): void {
  const current = strip?.querySelector('[aria-current]')?.getBoundingClientRect();
  if (!strip || !current) return;
  const { left, right } = strip.getBoundingClientRect();
  if (current.right > right) strip.scrollLeft += current.right - right;
  else if (current.left < left) strip.scrollLeft -= left - current.left;
}
