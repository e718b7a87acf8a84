import { Component, DOCUMENT, inject } from '@angular/core';
import { MAT_DIALOG_DATA } from '@angular/material/dialog';

import { type CreatedApiKey } from '../core/api/schema';
import { NewKey } from '../keys/new-key';
import { environmentLines } from '../keys/environment-lines';

/** A new key of a client, shown this once. */
@Component({
  imports: [NewKey],
  template: '<app-new-key [created]="created" [environmentOf]="environmentOf" />',
})
export class ShownKeyDialog {
  protected readonly created = inject<CreatedApiKey>(MAT_DIALOG_DATA);
  private readonly origin = inject(DOCUMENT).location.origin;
  protected readonly environmentOf = (key: string) => environmentLines(key, this.origin);
}
