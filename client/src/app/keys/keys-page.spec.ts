import { type HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatFormFieldHarness } from '@angular/material/form-field/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import { provideRouter } from '@angular/router';

import { FakeServer, json, refusal } from '../../testing/fake-server';
import { aKey } from '../../testing/fixtures';
import { useLanguage } from '../../testing/language';
import { ConsoleText } from '../console/console-text';
import { KeysPage } from './keys-page';

const SECRET = 'sk_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG';

describe('KeysPage', () => {
  let fixture: ComponentFixture<KeysPage>;
  let server: FakeServer;
  let dialogs: HarnessLoader;

  const page = () => fixture.nativeElement as HTMLElement;
  const rows = () => [...page().querySelectorAll('tbody tr')].map((row) => row.textContent);
  const seen = (method: string) => server.seen.filter((request) => request.method === method);

  async function press(text: string | RegExp): Promise<void> {
    const loader = TestbedHarnessEnvironment.documentRootLoader(fixture);
    await (await loader.getHarness(MatButtonHarness.with({ text }))).click();
  }

  async function dialog(): Promise<MatDialogHarness> {
    // Its code is loaded when it is first opened.
    return vi.waitFor(() => dialogs.getHarness(MatDialogHarness), { timeout: 10_000 });
  }

  // Loading them for the first time takes longer than a test may.
  beforeAll(async () => {
    await Promise.all([import('./create-key-dialog'), import('./rotate-key-dialog')]);
  }, 30_000);

  beforeEach(async () => {
    server = new FakeServer();
    server.on('GET /api/keys', () =>
      json({
        keys: [
          aKey(),
          aKey({ id: 'k-2', name: 'Newer', createdAt: '2026-11-20T08:00:00.000Z' }),
          aKey({ id: 'k-0', name: 'Gone', revokedAt: '2026-11-10T08:00:00.000Z' }),
        ],
      }),
    );
    server.on('GET /api/usage?by=key&period=30d', () =>
      json({ items: [{ key: 'k-1', cost: '1.25' }] }),
    );
    server.on('GET /api/models', () => json({ models: [{ model: 'qwen' }, { model: 'llama' }] }));
    TestBed.configureTestingModule({ providers: [provideRouter([])] });
    await useLanguage();
    await TestBed.inject(ConsoleText).start();
    fixture = TestBed.createComponent(KeysPage);
    dialogs = TestbedHarnessEnvironment.documentRootLoader(fixture);
    await fixture.whenStable();
  });

  it('lists the keys that work, newest first, and those that do not apart', () => {
    expect(rows()).toHaveLength(2);
    expect(rows()[0]).toContain('Newer');
    expect(rows()[1]).toContain('sk_abcd…wxyz');
    expect(rows()[1]).toContain('Never');
    expect(rows()[1]).toContain('1.25 coins');
    expect(page().querySelectorAll('tbody a')[1]?.getAttribute('href')).toBe('/usage?key=k-1');
    expect(page().querySelector('details')?.textContent).toContain('Keys that no longer work (1)');
  });

  it('shows a new key once, with the lines to paste', async () => {
    server.on('POST /api/keys', () => json({ apiKey: aKey({ id: 'k-3' }), key: SECRET }, 201));
    await press(/Create a key/);
    await dialog();
    const name = await dialogs.getHarness(MatInputHarness);
    await name.setValue('  CI  ');
    await press('Create');
    expect(seen('POST')[0]?.body).toEqual({ name: 'CI' });
    const text = await (await dialog()).getText();
    expect(text).toContain(SECRET);
    expect(text).toContain(`export OPENAI_API_KEY="${SECRET}"`);
    expect(text).toContain('/v1"');
    await press('I have saved it');
    await vi.waitFor(() => expect(document.body.textContent).not.toContain(SECRET));
    expect(rows()).toHaveLength(3);
  });

  it('asks for a name at the field', async () => {
    await press(/Create a key/);
    await dialog();
    await press('Create');
    const field = await dialogs.getHarness(MatFormFieldHarness);
    expect(await field.getTextErrors()).toEqual([
      'Give the key a name, so that you can tell it from others later.',
    ]);
    expect(seen('POST')).toEqual([]);
    await press('Cancel');
  });

  it('says in the dialog why a key was not made', async () => {
    server.on('POST /api/keys', () => refusal(409, 'too_many_keys'));
    await press(/Create a key/);
    await dialog();
    await (await dialogs.getHarness(MatInputHarness)).setValue('CI');
    await press('Create');
    expect(await (await dialog()).getText()).toContain('refused: too_many_keys');
    await press('Cancel');
  });

  it('limits a key to some models and to a day, and asks for what is missing at its field', async () => {
    server.on('POST /api/keys', () => json({ apiKey: aKey({ id: 'k-3' }), key: SECRET }, 201));
    await press(/Create a key/);
    await dialog();
    await (await dialogs.getHarness(MatInputHarness)).setValue('CI');
    const box = document.querySelector<HTMLElement>('mat-dialog-container')!;
    const select = box.querySelector('select')!;
    select.value = 'day';
    select.dispatchEvent(new Event('change'));
    box.querySelectorAll<HTMLElement>('input[type=radio]')[1]!.click();
    await fixture.whenStable();
    await press('Create');
    expect(box.textContent).toContain('Choose the last day');
    expect(box.textContent).toContain('Choose at least one model');
    expect(document.activeElement).toBe(box.querySelector('input[type=date]'));
    box.querySelector<HTMLInputElement>('input[type=date]')!.value = '2999-01-31';
    box.querySelector<HTMLElement>('input[type=checkbox]')!.click();
    await press('Create');
    expect(seen('POST')[0]?.body).toEqual({
      name: 'CI',
      expiresAt: new Date('2999-01-31T23:59:59.999').toISOString(),
      onlyModels: ['llama'],
    });
    await press('I have saved it');
  });

  it('replaces a key, which goes on working as long as was chosen', async () => {
    server.on('POST /api/keys/k-2/rotation', () =>
      json({ apiKey: aKey({ id: 'k-3' }), key: SECRET }, 201),
    );
    page().querySelector<HTMLElement>('tbody button')!.click();
    await dialog();
    const loader = TestbedHarnessEnvironment.documentRootLoader(fixture);
    const replace = MatButtonHarness.with({ text: 'Replace', ancestor: 'mat-dialog-container' });
    await (await loader.getHarness(replace)).click();
    await vi.waitFor(async () => expect(await (await dialog()).getText()).toContain(SECRET));
    expect(seen('POST')[0]?.body).toEqual({ overlapHours: 24 });
    await press('I have saved it');
  });

  it('revokes after asking, not before', async () => {
    server.on('DELETE /api/keys/k-2', () => json(null, 204));
    page().querySelector<HTMLElement>('tbody button.revoke')!.click();
    expect(await (await dialog()).getRole()).toBe('alertdialog');
    expect(await (await dialog()).getTitleText()).toBe('Revoke “Newer”?');
    await press('Cancel');
    expect(seen('DELETE')).toEqual([]);
    page().querySelector<HTMLElement>('tbody button.revoke')!.click();
    await dialog();
    const loader = TestbedHarnessEnvironment.documentRootLoader(fixture);
    const revoke = MatButtonHarness.with({ text: 'Revoke', ancestor: 'mat-dialog-container' });
    await (await loader.getHarness(revoke)).click();
    await vi.waitFor(() => expect(seen('DELETE')).toHaveLength(1));
    await fixture.whenStable();
    expect(rows()).toHaveLength(1);
    expect(page().querySelector('details')?.textContent).toContain('Keys that no longer work (2)');
    // Its code is loaded then, too; coming after the test, it would find no page any more.
    const toast = () => expect(document.querySelector('mat-snack-bar-container')).not.toBeNull();
    await vi.waitFor(toast, { timeout: 10_000 });
  });

  it('offers to try again when the list cannot be loaded', async () => {
    server.on('GET /api/keys', () => refusal(503, 'busy'));
    const broken = TestBed.createComponent(KeysPage);
    await broken.whenStable();
    expect(broken.nativeElement.textContent).toContain('refused: busy');
    server.on('GET /api/keys', () => json({ keys: [] }));
    broken.nativeElement.querySelector('app-notice button').click();
    await broken.whenStable();
    expect(broken.nativeElement.textContent).toContain('No keys yet');
  });
});
