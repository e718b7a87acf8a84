import { type Messages } from '../messages';

export const keys: Messages['keys'] = {
  title: 'API-Schlüssel',
  intro:
    'Mit einem Schlüssel nutzen Ihre eigenen Programme und Werkzeuge die Modelle auf Ihr Konto.',
  baseUrl: 'Basis-URL',
  create: 'Schlüssel erstellen',
  emptyTitle: 'Noch keine Schlüssel',
  emptyText:
    'Mit einem Schlüssel kann alles, was die OpenAI-API spricht, die Modelle hier nutzen: Skripte, Notebooks, Editoren.',
  failed: 'Ihre Schlüssel konnten nicht geladen werden.',
  loading: 'Schlüssel werden geladen',
  caption: 'Ihre API-Schlüssel',
  columns: {
    name: 'Name',
    key: 'Schlüssel',
    created: 'Erstellt',
    lastUsed: 'Zuletzt benutzt',
    actions: 'Aktionen',
  },
  never: 'Nie',
  revoke: 'Widerrufen',
  revokeNamed: (name) => `${name} widerrufen`,
  revokedOn: (date) => `Widerrufen am ${date}`,
  revokedKeys: (count) => `Widerrufene Schlüssel (${count})`,
  revokedDone: (name) => `„${name}“ wurde widerrufen.`,
  revokeTitle: (name) => `„${name}“ widerrufen?`,
  revokeText:
    'Programme, die diesen Schlüssel benutzen, funktionieren sofort nicht mehr. Das lässt sich nicht rückgängig machen.',
  name: 'Name',
  nameHint: 'Wofür er ist, etwa „Laptop“ oder „Notebook zur Abschlussarbeit“',
  nameRequired:
    'Geben Sie dem Schlüssel einen Namen, damit Sie ihn später von anderen unterscheiden.',
  nameTooLong: (max) => `Höchstens ${max} Zeichen.`,
  createTitle: 'API-Schlüssel erstellen',
  createAction: 'Erstellen',
  createdTitle: 'Ihr neuer Schlüssel',
  createdText: 'Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt.',
  keyLabel: 'Schlüssel',
  environment: 'Für Ihre Shell oder .env-Datei',
  copyKey: 'Schlüssel kopieren',
  copyEnvironment: 'Diese Zeilen kopieren',
  copyUrl: 'Basis-URL kopieren',
  saved: 'Ich habe ihn gespeichert',
};
