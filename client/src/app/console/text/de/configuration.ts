import { type ConsoleMessages } from '../messages';

export const configuration: ConsoleMessages['configuration'] = {
  view: 'Ansicht',
  form: 'Formular',
  history: 'Verlauf',
  sections: 'Abschnitte',
  search: 'Schlüssel suchen',
  nothingFound: 'Kein Schlüssel hat damit zu tun.',
  general: 'Allgemein',
  generalText: 'The version of the file and who has which role.',
  discard: 'Verwerfen',
  changes: (count) => `Änderungen (${count})`,
  changed: 'Geändert',
  restart: 'Neustart nötig',
  byEnvironment: (name) => `Gesetzt durch ${name}`,
  on: 'An',
  off: 'Aus',
  defaultIs: (value) => (value === '' ? 'Vorgabe' : `Vorgabe (${value})`),
  reset: (path) => `Zurück zur Vorgabe: ${path}`,
  onePerLine: 'Eins je Zeile.',
  secretSet: 'Gesetzt, wird nicht gezeigt',
  replace: 'Ersetzen',
  clear: 'Entfernen',
  keep: 'Das vorhandene behalten',
  item: (number) => `Nummer ${number}`,
  perModel: 'Tokens',
  noEntries: 'In der Datei stehen keine.',
  add: 'Hinzufügen',
  addNamed: (what) => `${what === '' ? 'Namen' : what} hinzufügen`,
  addTo: (list) => `Zu ${list} hinzufügen`,
  newName: 'Neuer Name',
  rename: 'Umbenennen',
  remove: 'Entfernen',
  stop: 'Abbrechen',
  up: (name) => `${name} nach oben`,
  down: (name) => `${name} nach unten`,
  nameMissing: 'Geben Sie einen Namen ein.',
  nameTaken: (name) => `${name} gibt es schon.`,
  readOnly: {
    managed:
      'Wird in der Versionsverwaltung gepflegt (app.config_editor ist false): Hier kann nichts geändert werden.',
    not_writable: 'Lumen darf diese Datei nicht schreiben; hier kann nichts geändert werden.',
    mounted:
      'Die Datei ist für sich eingehängt und kann nicht ersetzt werden. Hängen Sie stattdessen ihr Verzeichnis ein.',
    too_large: 'Die Datei ist größer als 1 MiB; ändern Sie sie an ihrem Ort.',
  },
  pending: (count) =>
    count === 1
      ? 'Ein gespeicherter Schlüssel gilt erst nach einem Neustart:'
      : `${count} gespeicherte Schlüssel gelten erst nach einem Neustart:`,
  waits: (now, then) => `jetzt ${now}, dann ${then}`,
  secretWaits: 'ein Geheimnis, nicht gezeigt',
  listWaits: 'geändert',
  notSet: 'nicht gesetzt',
  howToRestart:
    'Starten Sie jede Instanz so neu, wie sie gestartet wurde: docker compose restart, kubectl rollout restart, oder npm start mit Strg-C beenden und wieder starten. Bis dahin gilt, was jetzt gilt.',
  discardTitle: (count) =>
    count === 1 ? '1 Änderung verwerfen?' : `${count} Änderungen verwerfen?`,
  discardText:
    'Was Sie seit dem letzten Speichern geändert haben, geht verloren. Die Datei bleibt, wie sie ist.',
  discardAction: 'Verwerfen',
  lostRoles: (roles) =>
    `Sie nehmen sich selbst Rechte: ${roles}. Ist das gespeichert, können Sie sie sich hier nicht zurückgeben; das muss jemand anders tun oder die Datei selbst.`,
  loseThem: 'Ich weiß, speichern',
  broken: 'Die Datei hat Fehler; in Kraft bleibt, was vorher galt.',
  formFirst:
    'Das Formular hat Änderungen. Speichern oder verwerfen Sie diese, bevor Sie den Text bearbeiten.',
  textFirst:
    'Der Text hat Änderungen. Speichern oder verwerfen Sie diese, bevor Sie das Formular benutzen.',
  yamlLabel: 'config.yaml',
  yamlHint:
    'Geheimnisse erscheinen als <secret:…> und bleiben, was sie sind; überschreiben Sie eines, um es zu ändern. Escape, dann Tab verlässt den Editor.',
  line: (line) => `Zeile ${line}`,
  reviewTitle: 'Was sich in config.yaml ändert',
  checking: 'Wird geprüft …',
  problems: (count) =>
    count === 1
      ? 'Ein Fehler; so kann nicht gespeichert werden:'
      : `${count} Fehler; so kann nicht gespeichert werden:`,
  needRestart: (paths) => `Erst nach einem Neustart in Kraft: ${paths}`,
  conflict:
    'Jemand hat die Datei inzwischen geändert. Sehen Sie sich beide Änderungen an und entscheiden Sie.',
  theirChange: 'Was sich inzwischen in der Datei geändert hat',
  yourChange: 'Was Sie ändern',
  takeTheirs: 'Meine Änderungen verwerfen',
  saveOver: 'Meine darüber speichern',
  saved: 'Gespeichert und in Kraft.',
  savedForRestart: 'Gespeichert. Nicht alles davon gilt vor einem Neustart.',
  added: 'hinzugefügt',
  removed: 'entfernt',
  historyText: 'Jedes Speichern bewahrt die Datei, wie sie vorher war, die letzten 30 Male.',
  noHistory: 'Keine früheren Fassungen',
  noHistoryText: 'Das erste Speichern bewahrt die Datei, wie sie jetzt ist.',
  until: (at) => `Wie es bis ${at} war`,
  compare: 'Mit jetzt vergleichen',
  backChange: 'Was das Zurückgehen ändert',
  sameAsNow: 'Es ist dasselbe wie jetzt.',
  rollBack: 'Zu dieser Fassung zurückgehen',
  restored: 'Die frühere Fassung ist wieder in Kraft.',
};
