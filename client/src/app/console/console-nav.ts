import { Component, computed, inject, input, output } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import { RouterLink, RouterLinkActive } from '@angular/router';

import { hasRole } from '../core/auth/roles';
import { Session } from '../core/auth/session';
import { BrandMark } from '../ui/brand-mark';
import { Icon } from '../ui/icon/icon';
import { CONSOLE_SECTIONS } from './console-links';
import { ConsoleText } from './console-text';

/** The sidebar of the administration: the pages of one's roles, and the way back to the chat. */
@Component({
  selector: 'app-console-nav',
  imports: [BrandMark, Icon, MatTooltip, RouterLink, RouterLinkActive],
  templateUrl: './console-nav.html',
  styleUrls: ['../shell/sidebar.scss', './console-nav.scss'],
})
export class ConsoleNav {
  readonly isRail = input(false);
  /** Something was chosen: a drawer should close. */
  readonly navigated = output<void>();

  protected readonly session = inject(Session);
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().nav);
  protected readonly sections = computed(() => {
    const me = this.session.me();
    return CONSOLE_SECTIONS.map(({ label, links }) => ({
      label,
      links: links.filter(({ roles }) => hasRole(me, roles)),
    })).filter(({ links }) => links.length > 0);
  });
}
