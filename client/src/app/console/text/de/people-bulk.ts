import { type ConsoleMessages } from '../messages';

const people = (count: number) => (count === 1 ? '1 Person' : `${count} Personen`);

export const bulk: ConsoleMessages['people']['bulk'] = {
  selected: (count) => `${people(count)} ausgewählt`,
  clearSelection: 'Niemanden auswählen',
  actions: {
    group: 'In eine Gruppe aufnehmen',
    gift: 'Coins schenken',
    reset: 'Budget zurücksetzen',
    activate: 'Aktivieren',
    deactivate: 'Deaktivieren',
  },
  explain: {
    group: (count) => `Nimmt ${people(count)} von Hand in eine Gruppe auf.`,
    gift: (count) => `Gibt ${people(count)} Coins für alle Modelle dazu.`,
    reset: (count) => `Bringt die Coins von ${people(count)} auf den Startbetrag ihres Budgets.`,
    activate: (count) => `Lässt ${people(count)} sich wieder anmelden.`,
    deactivate: (count) => `Schließt ${people(count)} aus: Sitzungen und Schlüssel enden sofort.`,
  },
  group: 'Gruppe',
  chooseGroup: 'Gruppe auswählen',
  amount: 'Coins je Person',
  amountHint: 'Mehr als 0, etwa 12.5',
  badAmount: 'Schreiben Sie eine Zahl über 0, etwa 12.5.',
  reason: 'Grund',
  reasonHint: 'Steht im Kontobuch und im Audit-Protokoll.',
  results: 'Was mit jeder Person geschah',
  waiting: 'Wartet',
  running: 'Läuft',
  undone: 'Rückgängig gemacht',
  alreadyInGroup: 'Ist schon in der Gruppe.',
  alreadySo: 'Ist schon so.',
  added: 'Aufgenommen.',
  activated: 'Kann sich wieder anmelden.',
  deactivated: 'Deaktiviert; Sitzungen und Schlüssel sind beendet.',
  noPool: 'Hat kein begrenztes Budget in Coins.',
  progress: (done, all, failed) =>
    failed > 0 ? `${done} von ${all}, ${failed} fehlgeschlagen` : `${done} von ${all}`,
  stop: 'Anhalten',
  undo: (count) => `Für ${people(count)} rückgängig machen`,
};
