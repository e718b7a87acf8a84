import { DOCUMENT, Service, computed, inject, signal } from '@angular/core';

import { localStore } from '../storage';
import { type Messages } from './messages';

/** Each language with its name in itself. A new one is a file like en.ts and a line in LOADERS. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const LOADERS: Record<Language, () => Promise<Messages>> = {
  en: () => import('./en').then((file) => file.en),
  de: () => import('./de').then((file) => file.de),
};

const KEY = 'language';

/**
 * All text people read, as typed messages: `i18n.text().chat.send`. A text missing in one
 * language does not compile. Each language is a chunk of its own, loaded when it is chosen.
 */
@Service()
export class I18n {
  private readonly document = inject(DOCUMENT);
  private readonly state = signal<{ language: Language; text: Messages } | null>(null);

  readonly language = computed<Language>(() => this.state()?.language ?? 'en');

  /** The messages of the language in force. Only valid after `start`. */
  readonly text = computed<Messages>(() => {
    const state = this.state();
    if (state === null) throw new Error('No language is loaded yet.');
    return state.text;
  });

  private readonly dates = computed(
    () => new Intl.DateTimeFormat(this.locale(), { dateStyle: 'medium' }),
  );
  private readonly datesAndTimes = computed(
    () => new Intl.DateTimeFormat(this.locale(), { dateStyle: 'medium', timeStyle: 'short' }),
  );
  private readonly daysAndMonths = computed(
    () => new Intl.DateTimeFormat(this.locale(), { day: 'numeric', month: 'short' }),
  );
  private readonly months = computed(
    () => new Intl.DateTimeFormat(this.locale(), { month: 'long', year: 'numeric' }),
  );
  private readonly numbers = computed(
    () => new Intl.NumberFormat(this.locale(), { maximumFractionDigits: 2 }),
  );

  /** Loads the person's language; to be awaited before anything is shown. */
  start(): Promise<void> {
    return this.use(preferredLanguage(localStore.read(KEY), navigator.languages));
  }

  /** Switches at once, without a reload, and remembers it. */
  async choose(language: Language): Promise<void> {
    await this.use(language);
    localStore.write(KEY, language);
  }

  date(iso: string): string {
    return this.dates().format(new Date(iso));
  }

  dateAndTime(iso: string): string {
    return this.datesAndTimes().format(new Date(iso));
  }

  dayAndMonth(iso: string): string {
    return this.daysAndMonths().format(new Date(iso));
  }

  /** With its year. */
  month(iso: string): string {
    return this.months().format(new Date(iso));
  }

  number(value: number): string {
    return this.numbers().format(value);
  }

  private async use(language: Language): Promise<void> {
    const text = await LOADERS[language]();
    this.state.set({ language, text });
    this.document.documentElement.lang = language;
  }

  /** The person's own regional form of the language, if they have one (dates, separators). */
  readonly locale = computed(() => {
    const language = this.language();
    return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
  });
}

/** What was chosen before, else the first of the browser's languages that there is, else English. */
export function preferredLanguage(stored: string | null, wanted: readonly string[]): Language {
  const candidates = [stored, ...wanted].map((tag) => tag?.toLowerCase().split('-')[0]);
  return candidates.find(isLanguage) ?? 'en';
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}
