import { type Type, inject } from '@angular/core';
import { type Routes, type UrlMatchResult, UrlSegment } from '@angular/router';

import { type Role, needsRole } from '../core/auth/roles';
import { ConsoleText } from './console-text';

type Loader = () => Promise<Type<unknown>>;

const forbidden: Loader = () => import('./forbidden-page').then((file) => file.ForbiddenPage);

/** A page for some roles; others are told at the same address which role it needs. */
function forRoles(path: string, roles: readonly Role[], loadComponent: Loader): Routes {
  return [
    { path, canMatch: [needsRole(roles)], loadComponent },
    { path, loadComponent: forbidden, data: { roles } },
  ];
}

/** Model names may contain `/`: all of the address after `/models/` is the name. */
function modelAddress(segments: UrlSegment[]): UrlMatchResult | null {
  const [models, ...rest] = segments;
  if (models?.path !== 'models' || rest.length === 0) return null;
  const name = rest.map((segment) => segment.path).join('/');
  return { consumed: segments, posParams: { name: new UrlSegment(name, {}) } };
}

const FOR_EVERYONE: Routes = [
  {
    path: 'models',
    loadComponent: () => import('../models/models-page').then((file) => file.ModelsPage),
  },
  {
    matcher: modelAddress,
    loadComponent: () => import('../models/model-page').then((file) => file.ModelPage),
  },
  {
    path: 'usage',
    loadComponent: () => import('../usage/own-usage-page').then((file) => file.OwnUsagePage),
  },
  {
    path: 'usage/requests',
    loadComponent: () =>
      import('../usage/requests/own-requests-page').then((file) => file.OwnRequestsPage),
  },
  {
    path: 'keys',
    loadComponent: () => import('../keys/keys-page').then((file) => file.KeysPage),
  },
  {
    path: 'connect',
    loadComponent: () => import('../connect/connect-page').then((file) => file.ConnectPage),
  },
  {
    path: 'profile',
    loadComponent: () => import('../profile/profile-page').then((file) => file.ProfilePage),
  },
  {
    path: 'clients',
    loadComponent: () => import('../clients/clients-page').then((file) => file.ClientsPage),
  },
  {
    path: 'clients/:id',
    loadComponent: () => import('../clients/client-page').then((file) => file.ClientPage),
  },
  {
    path: 'help',
    loadComponent: () => import('../help/help-page').then((file) => file.HelpPage),
  },
  {
    path: 'help/:topic',
    loadComponent: () => import('../help/help-page').then((file) => file.HelpPage),
  },
];

const PEOPLE: readonly Role[] = ['admin', 'auditor'];
const MODELS: readonly Role[] = ['engineer'];

const ADMINISTRATION: Routes = [
  ...forRoles('admin/overview', PEOPLE, () =>
    import('../admin/overview/overview-page').then((file) => file.OverviewPage),
  ),
  ...forRoles('admin/usage', PEOPLE, () =>
    import('../admin/usage/usage-page').then((file) => file.UsagePage),
  ),
  ...forRoles('admin/requests', PEOPLE, () =>
    import('../admin/requests/requests-page').then((file) => file.RequestsPage),
  ),
  ...forRoles('admin/users', PEOPLE, () =>
    import('../admin/users/users-page').then((file) => file.UsersPage),
  ),
  ...forRoles('admin/groups', PEOPLE, () =>
    import('../admin/groups/groups-page').then((file) => file.GroupsPage),
  ),
  ...forRoles('admin/groups/:name', PEOPLE, () =>
    import('../admin/groups/group-page').then((file) => file.GroupPage),
  ),
  ...forRoles('admin/clients', ['admin'], () =>
    import('../admin/clients/clients-page').then((file) => file.AdminClientsPage),
  ),
  ...forRoles('admin/models', MODELS, () =>
    import('../engineer/models/models-page').then((file) => file.CataloguePage),
  ),
  ...forRoles('admin/providers', MODELS, () =>
    import('../engineer/providers/providers-page').then((file) => file.ProvidersPage),
  ),
  ...forRoles('admin/health', MODELS, () =>
    import('../engineer/health/health-page').then((file) => file.HealthPage),
  ),
  ...forRoles('admin/resolution', MODELS, () =>
    import('../engineer/resolution/resolution-page').then((file) => file.ResolutionPage),
  ),
  ...forRoles('admin/announcements', ['admin'], () =>
    import('../admin/announcements/announcements-page').then((file) => file.AnnouncementsPage),
  ),
  ...forRoles('admin/terms', ['admin'], () =>
    import('../admin/terms/terms-page').then((file) => file.TermsPage),
  ),
  ...forRoles('admin/configuration', ['superadmin'], () =>
    import('../admin/configuration/configuration-page').then((file) => file.ConfigurationPage),
  ),
  ...forRoles('admin/audit', PEOPLE, () =>
    import('../admin/audit/audit-page').then((file) => file.AuditPage),
  ),
];

/** Every page but the chat's. They wait for their texts and icons, which the chat loads without. */
export const consoleRoutes: Routes = [
  {
    path: '',
    resolve: { ready: () => inject(ConsoleText).start() },
    children: [...FOR_EVERYONE, ...ADMINISTRATION],
  },
];
