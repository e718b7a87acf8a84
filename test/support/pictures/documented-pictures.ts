import { type Page } from 'playwright-core';
import { type Kind } from '../console-stage.js';

/** A picture of the documentation: its file in docs/images, who looks, where, and when it is whole. */
export interface DocumentedPicture {
  readonly name: string;
  readonly kind: Kind;
  readonly path: string;
  readonly ready: (page: Page) => Promise<unknown>;
}

const first = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();
const table = first('tbody tr');

/** All there are; the chat is made by a talk of its own. */
export const CHAT_PICTURE = 'chat';
export const PICTURES: readonly DocumentedPicture[] = [
  { name: 'models', kind: 'user', path: '/models', ready: first('app-model-card') },
  { name: 'usage', kind: 'user', path: '/usage', ready: first('.table tbody th') },
  {
    name: 'keys',
    kind: 'user',
    path: '/keys',
    ready: (page) => page.getByText('Laptop').waitFor(),
  },
  { name: 'connect', kind: 'user', path: '/connect?tool=cline', ready: first('app-code-sample') },
  {
    name: 'overview',
    kind: 'superadmin',
    path: '/admin/overview',
    ready: first('app-latest-audit li'),
  },
  { name: 'users', kind: 'superadmin', path: '/admin/users', ready: table },
  {
    name: 'groups',
    kind: 'superadmin',
    path: '/admin/groups',
    ready: (page) => page.getByText('Everyone who teaches').waitFor(),
  },
  {
    name: 'configuration',
    kind: 'superadmin',
    path: '/admin/configuration?section=chat',
    ready: first('[data-path^="chat."] input'),
  },
  {
    name: 'health',
    kind: 'superadmin',
    path: '/admin/health',
    ready: (page) => page.getByText('of the checks succeeded').first().waitFor(),
  },
];

export const PICTURE_NAMES: readonly string[] = [CHAT_PICTURE, ...PICTURES.map(({ name }) => name)];
