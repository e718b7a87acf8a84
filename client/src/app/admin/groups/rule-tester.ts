import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { ConsoleText } from '../../console/console-text';
import { ApiClient } from '../../core/api/api-client';
import { asApiError } from '../../core/api/api-error';
import { type GroupTest, type UserDetails, type UserPage } from '../../core/api/schema';
import { I18n } from '../../core/i18n/i18n';
import { Badge } from '../../ui/badge';
import { errorText } from '../../ui/error-text';
import { Field, FieldControl } from '../../ui/form/field';

const EXAMPLE = '{\n  "affiliation": "staff@example.edu"\n}';

/** Tries the rules as they are typed on somebody's claims, and counts whom they would move. */
@Component({
  selector: 'app-rule-tester',
  imports: [Badge, Field, FieldControl, MatButton],
  templateUrl: './rule-tester.html',
  styleUrl: './group-part.scss',
})
export class RuleTester {
  readonly name = input.required<string>();
  readonly isActive = input.required<boolean>();
  readonly rules = input.required<unknown[]>();

  private readonly api = inject(ApiClient);
  private readonly i18n = inject(I18n);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().people.groupTexts);
  protected readonly because = computed(() => this.messages.text().people.because);
  protected readonly claims = signal(EXAMPLE);
  protected readonly email = signal('');
  protected readonly claimsError = signal<string | null>(null);
  protected readonly emailError = signal<string | null>(null);
  protected readonly failure = signal<string | null>(null);
  protected readonly result = signal<GroupTest | null>(null);
  protected readonly isTesting = signal(false);

  protected valueOf(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }

  /** Takes the claims of somebody's last login. */
  protected async takePerson(): Promise<void> {
    this.emailError.set(null);
    const email = this.email().trim().toLowerCase();
    try {
      const query = new URLSearchParams({ search: email, pageSize: '25' });
      const { items } = await this.api.get<UserPage>(`/api/admin/users?${query}`);
      const found = items.find((user) => user.email === email) ?? items[0];
      if (email === '' || !found) return this.emailError.set(this.text().unknownPerson);
      const { claims } = await this.api.get<UserDetails>(`/api/admin/users/${found.id}`);
      this.email.set(found.email);
      this.claims.set(JSON.stringify(claims ?? {}, null, 2));
      await this.test();
    } catch (cause) {
      this.emailError.set(errorText(asApiError(cause), this.i18n.text().errors));
    }
  }

  protected async test(): Promise<void> {
    const claims = this.readClaims();
    if (claims === null || this.isTesting()) return;
    this.isTesting.set(true);
    this.failure.set(null);
    try {
      const draft = { name: this.name(), isActive: this.isActive(), rules: this.rules() };
      const email = this.email().trim() || undefined;
      this.result.set(
        await this.api.post<GroupTest>('/api/admin/groups/test', { claims, email, draft }),
      );
    } catch (cause) {
      this.result.set(null);
      this.failure.set(errorText(asApiError(cause), this.i18n.text().errors));
    } finally {
      this.isTesting.set(false);
    }
  }

  private readClaims(): object | null {
    this.claimsError.set(null);
    try {
      const claims: unknown = JSON.parse(this.claims());
      if (typeof claims === 'object' && claims !== null && !Array.isArray(claims)) return claims;
    } catch {
      // Said below.
    }
    this.claimsError.set(this.text().badClaims);
    return null;
  }
}
