import { type Routes } from '@angular/router';

import { chatAddress } from './chat/chat-address';
import { loadedGuard, signedInGuard, signedOutGuard } from './core/auth/auth-guards';

const PAGES: Routes = [
  {
    path: 'sign-in',
    canActivate: [signedOutGuard],
    loadComponent: () => import('./sign-in/sign-in-page').then((file) => file.SignInPage),
  },
  {
    path: '',
    canActivate: [signedInGuard],
    loadComponent: () => import('./shell/shell').then((file) => file.Shell),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'chat' },
      {
        matcher: chatAddress,
        loadComponent: () => import('./chat/chat-page').then((file) => file.ChatPage),
      },
      {
        path: 'archive',
        loadComponent: () => import('./chat/list/archive-page').then((file) => file.ArchivePage),
      },
      {
        path: 'shared/:id',
        loadComponent: () => import('./shared/shared-page').then((file) => file.SharedPage),
      },
      {
        path: 'your-data',
        loadComponent: () => import('./your-data/your-data-page').then((file) => file.YourDataPage),
      },
      {
        path: '',
        loadChildren: () => import('./console/console-routes').then((file) => file.consoleRoutes),
      },
      {
        path: '**',
        loadComponent: () => import('./shell/not-found-page').then((file) => file.NotFoundPage),
      },
    ],
  },
];

export const routes: Routes = [{ path: '', canMatch: [loadedGuard], children: PAGES }];
