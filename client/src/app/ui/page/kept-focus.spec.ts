import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { KeptFocus } from './kept-focus';

@Component({
  imports: [KeptFocus],
  template: `
    <div appKeptFocus>
      <h1 tabindex="-1">Rows</h1>
      @if (rows().length > 0) {
        <table>
          @for (row of rows(); track row) {
            <tr>
              <td>
                <button [disabled]="isBusy()">{{ row }}</button>
              </td>
            </tr>
          }
        </table>
      }
    </div>
  `,
})
class Rows {
  readonly rows = signal(['one', 'two']);
  readonly isBusy = signal(false);
}

describe('KeptFocus', () => {
  async function shown() {
    const fixture = TestBed.createComponent(Rows);
    document.body.append(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
    const button = (fixture.nativeElement as HTMLElement).querySelector('button')!;
    button.focus();
    return { rows: fixture.componentInstance, fixture, button };
  }

  const focused = () => document.activeElement?.tagName;

  it('leads from a row that is gone to its table, and from a table that is gone to the heading', async () => {
    const { rows, fixture } = await shown();
    rows.rows.set(['two']);
    await fixture.whenStable();
    expect(focused()).toBe('TABLE');
    rows.rows.set([]);
    await fixture.whenStable();
    expect(focused()).toBe('H1');
  });

  it('gives it back to what was locked for a while', async () => {
    const { rows, fixture, button } = await shown();
    rows.isBusy.set(true);
    await fixture.whenStable();
    button.blur();
    expect(focused()).toBe('BODY');
    rows.isBusy.set(false);
    await fixture.whenStable();
    expect(document.activeElement).toBe(button);
  });

  it('leaves it where somebody clicked it away', async () => {
    const { rows, fixture, button } = await shown();
    document.dispatchEvent(new Event('pointerdown'));
    button.blur();
    rows.rows.set(['two']);
    await fixture.whenStable();
    expect(focused()).toBe('BODY');
  });
});
