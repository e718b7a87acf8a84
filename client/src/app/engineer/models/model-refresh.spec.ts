import { TestBed } from '@angular/core/testing';

import { FakeServer, json } from '../../../testing/fake-server';
import { useLanguage } from '../../../testing/language';
import { ConsoleText } from '../../console/console-text';
import { type ModelRefreshList } from '../../core/api/schema';
import { ModelRefresh } from './model-refresh';

const REFRESH = '/api/admin/models/refresh';

const FOUND: ModelRefreshList = {
  models: [
    {
      model: 'm',
      describedIn: 'provider',
      endpoints: [],
      proposals: [{ field: 'contextWindow', current: null, proposed: 8192, source: 'vLLM' }],
      yaml: null,
    },
  ],
};

describe('ModelRefresh', () => {
  beforeEach(async () => {
    await useLanguage();
    await TestBed.inject(ConsoleText).start();
  });

  async function show() {
    const fixture = TestBed.createComponent(ModelRefresh);
    fixture.componentRef.setInput('model', 'm');
    const page = fixture.nativeElement as HTMLElement;
    document.body.append(page);
    await fixture.whenStable();
    const button = () => [...page.querySelectorAll('button')].at(-1)!;
    const locked = () => button().getAttribute('aria-disabled') === 'true';
    /** Twice, as an impatient keyboard does. */
    const press = async () => {
      button().focus();
      for (let times = 0; times < 2; times += 1) {
        button().click();
        await fixture.whenStable();
        expect(button().disabled).toBe(false);
        expect(document.activeElement).toBe(button());
        expect(locked()).toBe(true);
      }
    };
    return { button, locked, press };
  }

  it('keeps the focus on a button while it works, and does nothing twice', async () => {
    const server = new FakeServer();
    const answers: ((answer: Response) => void)[] = [];
    const later = () => new Promise<Response>((resolve) => answers.push(resolve));
    server.on(`POST ${REFRESH}`, later).on(`POST ${REFRESH}/apply`, later);
    const { button, locked, press } = await show();
    await press();
    answers[0]!(json(FOUND));
    await vi.waitFor(() => expect(button().textContent).toContain('Apply'));
    await vi.waitFor(() => expect(locked()).toBe(false));
    await press();
    answers[1]!(json(null, 204));
    await vi.waitFor(() => expect(button().textContent).not.toContain('Apply'));
    expect(server.seen.map(({ path }) => path)).toEqual([REFRESH, `${REFRESH}/apply`]);
  });
});
