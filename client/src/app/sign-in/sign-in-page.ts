import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { Session } from '../core/auth/session';
import { I18n, LANGUAGES, type Language } from '../core/i18n/i18n';
import { PageTitle } from '../core/page-title';
import { FooterLinks } from '../ui/footer-links';
import { BrandMark } from '../ui/brand-mark';
import { Icon } from '../ui/icon/icon';
import { PublicAnnouncements } from './public-announcements';

/** What a code in the address may look like: a stranger's link must not put words on this page. */
const CODE = /^[a-z0-9_.-]{1,60}$/i;

/** The door: what this is, and one button. */
@Component({
  selector: 'app-sign-in-page',
  imports: [BrandMark, FooterLinks, Icon, MatButton, PublicAnnouncements],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.scss',
})
export class SignInPage {
  /** From the address: why the last attempt failed, and where to go after this one. */
  readonly error = input<string>();
  readonly returnTo = input<string>();

  protected readonly session = inject(Session);
  protected readonly i18n = inject(I18n);

  protected readonly text = computed(() => this.i18n.text().signIn);
  protected readonly loginUrl = computed(() => this.session.loginUrl(this.returnTo() ?? '/chat'));
  protected readonly hint = computed(() => {
    const { development, institution } = this.text();
    return this.session.loginKind() === 'dev' ? development : institution;
  });
  protected readonly failure = computed(() => {
    const code = this.error();
    if (code === undefined || code === '') return null;
    const { failures, failed, failureCode } = this.text();
    const known = Object.hasOwn(failures, code) ? failures[code] : undefined;
    const named = CODE.test(code) ? failureCode(code) : '';
    return { text: known ?? failed, code: known === undefined ? named : '' };
  });
  protected readonly languages = Object.entries(LANGUAGES).map(([code, name]) => ({
    code: code as Language,
    name,
  }));

  constructor() {
    inject(PageTitle).set(this.text().title);
  }
}
