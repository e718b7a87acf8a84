import { Component, computed, inject } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { Page } from '../ui/page/page';

@Component({
  imports: [Page],
  template: `<app-page [heading]="text().profile" />`,
})
export class ProfilePage {
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().nav);
}
