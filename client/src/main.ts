import { bootstrapApplication } from '@angular/platform-browser';

import { App } from './app/app';
import { appConfig } from './app/app.config';

bootstrapApplication(App, appConfig).catch((error: unknown) => {
  console.error(error);
  // Not even the language is there: say it in both, and without anything that might be missing too.
  const notice = document.createElement('p');
  notice.setAttribute('role', 'alert');
  notice.textContent =
    'This page could not be started. Please load it again. – ' +
    'Diese Seite konnte nicht gestartet werden. Bitte laden Sie sie neu.';
  document.body.replaceChildren(notice);
});
