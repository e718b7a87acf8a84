import { Component, computed, inject } from '@angular/core';

import { ConsoleText } from '../console/console-text';
import { Page } from '../ui/page/page';

@Component({
  imports: [Page],
  template: `<app-page [heading]="text().ownUsage" />`,
})
export class OwnUsagePage {
  private readonly messages = inject(ConsoleText);
  protected readonly text = computed(() => this.messages.text().nav);
}
