import { type ConsoleMessages } from '../../messages';

export const help: ConsoleMessages['tools']['help'] = {
  intro: 'Wie man das Portal benutzt und wie es arbeitet.',
  audiences: {
    users: 'Für alle',
    developers: 'Für Programme',
    administrators: 'Für die Administration',
    engineers: 'Für die Technik',
    operators: 'Für den Betrieb',
  },
  search: 'Hilfe durchsuchen',
  found: (count) => (count === 1 ? '1 Seite gefunden' : `${count} Seiten gefunden`),
  nothing: 'Auf keiner Seite stehen diese Wörter.',
  allTopics: 'Alle Themen',
  allFound: 'Alle gefundenen Seiten',
  contents: 'Auf dieser Seite',
  version: (version) => `Lumen ${version}`,
  onlyEnglish:
    'Die Dokumentation ist auf Englisch; nur ihr Rahmen ist auf Deutsch. Suchen Sie mit englischen Wörtern.',
  missing: 'Eine solche Seite hat die Hilfe nicht.',
};
