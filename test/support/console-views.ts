import { type Page } from 'playwright-core';
import { type FilledPlace } from './console-place.js';
import { type Kind } from './console-stage.js';

/** A page as somebody sees it: its name in pictures, whose it is, where, and when it is whole. */
export interface View {
  readonly name: string;
  readonly kind: Kind;
  readonly path: string | ((place: FilledPlace) => string);
  /** A text, or what has to be done first. */
  readonly ready: string | ((page: Page) => Promise<unknown>);
}

type Row = readonly [name: string, path: View['path'], ready: View['ready']];

const table = (page: Page) => page.locator('tbody tr').first().waitFor();
const first = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();
const press = (button: string, then: string) => async (page: Page) => {
  await page.getByRole('button', { name: button }).first().click();
  await page
    .getByRole('dialog')
    .or(page.getByRole('alertdialog'))
    .getByText(then)
    .first()
    .waitFor();
};

const OWN: readonly Row[] = [
  ['models', '/models', first('app-model-card')],
  ['models-table', '/models?view=table', table],
  ['model', '/models/org/careful', 'nothing personal'],
  ['model-readme', '/models/scripted', 'Qwen for campus'],
  ['usage', '/usage', first('.table tbody th')],
  ['own-requests', '/usage/requests', table],
  ['keys', '/keys', 'Laptop'],
  ['key-dialog', '/keys', press('Create a key', 'Name')],
  ['connect', '/connect?tool=cline', first('app-code-sample')],
  ['profile', '/profile', first('h2')],
  ['clients', '/clients', 'research-bot'],
  ['client', ({ client }) => `/clients/${client}`, 'No requests in the last 30 days.'],
  ['help', '/help', 'Using Lumen'],
  ['help-topic', '/help/using-lumen', first('h2')],
  ['forbidden', '/admin/users', first('app-notice')],
];

const ADMINISTRATION: readonly Row[] = [
  ['overview', '/admin/overview', first('app-latest-audit li')],
  ['admin-usage', '/admin/usage', first('.table tbody th')],
  ['admin-usage-group', '/admin/usage?group=default', first('.table tbody th')],
  ['admin-requests', '/admin/requests', table],
  ['users', '/admin/users', table],
  ['user', ({ person }) => `/admin/users?user=${person}`, 'What the provider said'],
  [
    'user-budget',
    ({ person }) => `/admin/users?user=${person}&tab=budget`,
    first('app-user-budget li, app-user-budget p'),
  ],
  ['groups', '/admin/groups', 'People who work here'],
  ['group', '/admin/groups/shared', 'Nobody is in this group.'],
  ['group-of-file', '/admin/groups/staff', 'Managed by config.yaml'],
  ['admin-clients', '/admin/clients', 'research-bot'],
  ['audit', '/admin/audit', table],
  ['announcements', '/admin/announcements', 'Maintenance on Friday'],
  ['announcement-editor', '/admin/announcements', press('New announcement', 'Kind')],
  ['terms', '/admin/terms', 'No terms are in force'],
];

const ENGINEERING: readonly Row[] = [
  ['catalogue', '/admin/models', 'retired'],
  ['catalogue-model', '/admin/models?model=ours/gpt-small', 'Prices and access'],
  ['providers', '/admin/providers', 'Ours'],
  ['provider-form', '/admin/providers?edit=new', 'Test before saving'],
  ['provider-test', '/admin/providers', press('Test Ours', 'Test streaming')],
  ['health', '/admin/health', 'of the checks succeeded'],
  ['resolution', '/admin/resolution?model=auto&asker=client&name=robot', 'Step by step'],
  ['configuration', '/admin/configuration?section=app', first('[data-path="app.name"] input')],
  ['configuration-models', '/admin/configuration?section=models', openFirst],
  ['configuration-review', '/admin/configuration?section=app', review],
  ['configuration-yaml', '/admin/configuration?view=yaml', first('.cm-content')],
  ['configuration-history', '/admin/configuration?view=history', first('.page *')],
];

async function openFirst(page: Page): Promise<void> {
  await page.locator('summary').first().click();
}

async function review(page: Page): Promise<void> {
  await page.locator('[data-path="app.name"]').getByRole('textbox').fill('Other');
  await page.getByRole('button', { name: /^Changes/ }).click();
  await page.getByRole('dialog').getByText('Other').waitFor();
}

const of = (kind: Kind, rows: readonly Row[]): View[] =>
  rows.map(([name, path, ready]) => ({ name, kind, path, ready }));

/** Every page of the consoles, in three parts that can be looked at side by side. */
export const VIEWS = {
  own: of('user', OWN),
  administration: of('superadmin', ADMINISTRATION),
  engineering: of('superadmin', ENGINEERING),
} as const;

/** Goes there, and waits until all of it is shown. */
export async function showView(page: Page, view: View, place: FilledPlace): Promise<void> {
  await page.goto(typeof view.path === 'string' ? view.path : view.path(place));
  if (typeof view.ready === 'string') await page.getByText(view.ready).first().waitFor();
  else await view.ready(page);
  await untilWhole(page);
}

/** Nothing loads, and every chart is drawn. */
export async function untilWhole(page: Page): Promise<void> {
  await page.waitForFunction(isWhole);
}

/** Runs in the page. */
function isWhole(): boolean {
  const charts = [...document.querySelectorAll('app-bar-drawing')];
  return (
    document.querySelector('[aria-busy=true]') === null &&
    charts.every((chart) => chart.querySelector('svg text') !== null)
  );
}
