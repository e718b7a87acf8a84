import { Component, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatDialogRef } from '@angular/material/dialog';
import { describe, expect, it, vi } from 'vitest';

import { Dialogs } from './dialogs';

@Component({ template: '<p class="once">Once</p>' })
class Once {
  readonly self = inject<MatDialogRef<Once, string>>(MatDialogRef);
}

describe('dialogs', () => {
  it('open once, however quickly a button is pressed twice', async () => {
    const dialogs = TestBed.inject(Dialogs);
    const load = () => Promise.resolve(Once);
    expect(dialogs.isOpen()).toBe(false);
    const first = dialogs.open<string>(load);
    expect(dialogs.isOpen()).toBe(true);
    expect(await dialogs.open<string>(load)).toBeUndefined();
    expect(dialogs.isOpen()).toBe(true);
    await vi.waitFor(() => expect(document.querySelectorAll('.once')).toHaveLength(1));
    const { MatDialog } = await import('@angular/material/dialog');
    const opened = TestBed.inject(MatDialog).openDialogs[0]!.componentInstance as Once;
    opened.self.close('done');
    expect(await first).toBe('done');
    expect(dialogs.isOpen()).toBe(false);
  });
});
