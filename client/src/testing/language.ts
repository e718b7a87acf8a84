import { TestBed } from '@angular/core/testing';

import { I18n, type Language } from '../app/core/i18n/i18n';

/** Puts a language in force, as the application does before it shows anything. */
export async function useLanguage(language: Language = 'en'): Promise<void> {
  await TestBed.inject(I18n).choose(language);
}
