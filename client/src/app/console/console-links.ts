import { type Role } from '../core/auth/roles';
import { type IconName } from '../ui/icon/icon';
import { type ConsoleMessages } from './text/messages';

type Nav = ConsoleMessages['nav'];

export interface ConsoleLink {
  path: string;
  label: keyof { [Key in keyof Nav as Nav[Key] extends string ? Key : never]: true };
  icon: IconName;
  roles: readonly Role[];
}

export interface ConsoleSection {
  label: keyof Nav['sections'];
  links: readonly ConsoleLink[];
}

const PEOPLE: readonly Role[] = ['admin', 'auditor'];
const ADMIN: readonly Role[] = ['admin'];
const ENGINEER: readonly Role[] = ['engineer'];

/** What the administration's sidebar shows, to whom. */
export const CONSOLE_SECTIONS: readonly ConsoleSection[] = [
  {
    label: 'insight',
    links: [
      { path: '/admin/overview', label: 'overview', icon: 'dashboard', roles: PEOPLE },
      { path: '/admin/usage', label: 'usage', icon: 'bar_chart', roles: PEOPLE },
      { path: '/admin/requests', label: 'requests', icon: 'receipt_long', roles: PEOPLE },
    ],
  },
  {
    label: 'people',
    links: [
      { path: '/admin/users', label: 'users', icon: 'person', roles: PEOPLE },
      { path: '/admin/groups', label: 'groups', icon: 'groups', roles: PEOPLE },
      { path: '/admin/clients', label: 'clients', icon: 'devices', roles: ADMIN },
    ],
  },
  {
    label: 'models',
    links: [
      { path: '/admin/models', label: 'models', icon: 'price_change', roles: ENGINEER },
      { path: '/admin/providers', label: 'providers', icon: 'dns', roles: ENGINEER },
      { path: '/admin/health', label: 'health', icon: 'monitor_heart', roles: ENGINEER },
      { path: '/admin/resolution', label: 'resolution', icon: 'route', roles: ENGINEER },
    ],
  },
  {
    label: 'system',
    links: [
      { path: '/admin/announcements', label: 'announcements', icon: 'campaign', roles: ADMIN },
      { path: '/admin/terms', label: 'terms', icon: 'gavel', roles: ADMIN },
      {
        path: '/admin/configuration',
        label: 'configuration',
        icon: 'settings',
        roles: ['superadmin'],
      },
      { path: '/admin/audit', label: 'audit', icon: 'fact_check', roles: PEOPLE },
    ],
  },
];
