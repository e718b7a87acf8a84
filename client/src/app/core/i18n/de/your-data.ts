import { type Messages } from '../messages';

export const shared: Messages['shared'] = {
  title: 'Geteiltes Gespräch',
  by: (name) => `Geteilt von ${name}.`,
  byYou: 'Sie teilen dieses Gespräch.',
  asOf: (at) => `Stand ${at}; nur zum Lesen.`,
  question: 'Die Frage',
  said: (model) => `${model} hat geantwortet`,
  unknownModel: 'Modell',
  attachments: 'Angehängte Dateien, nur die Namen',
  reasoning: 'Gedankengang',
  empty: 'Dieses Gespräch hat keine Nachrichten.',
  disclaimer: 'KI kann sich irren.',
  loading: 'Das geteilte Gespräch wird geladen',
  goneTitle: 'Dieser Link zeigt nichts',
  goneText: 'Das Gespräch wird nicht mehr geteilt, oder die Adresse hat einen Tippfehler.',
  failed: 'Das Gespräch konnte nicht geladen werden',
};

export const yourData: Messages['yourData'] = {
  title: 'Ihre Daten',
  retention: {
    title: 'Wie lange sie bleiben',
    forever: 'Ihre Gespräche bleiben, bis Sie sie löschen.',
    days: (count) =>
      `Ein Gespräch wird ${count === 1 ? '1 Tag' : `${count} Tage`} nach seiner letzten Nachricht gelöscht, samt Anhängen, auch wenn es angeheftet oder archiviert ist.`,
  },
  removal: {
    hide: 'Was Sie selbst löschen, verschwindet für Sie, bleibt aber in der Datenbank.',
    delete: 'Was Sie selbst löschen, ist nach einer Minute endgültig gelöscht.',
  },
  temporary:
    'Von temporären Chats wird nichts gespeichert. Administratoren können Ihre Gespräche nicht lesen.',
  export: {
    title: 'Alles mitnehmen',
    text: 'Eine ZIP-Datei mit allen Gesprächen (Markdown und JSON), Ordnern, Vorlagen und Anhängen.',
    action: 'Alles exportieren',
    started: 'Ihr Browser speichert die Datei, während sie entsteht.',
  },
  import: {
    title: 'Gespräche mitbringen',
    text: 'Eine JSON-Datei, die Open WebUI, ChatGPT (conversations.json) oder dieses Portal exportiert hat; eine ZIP-Datei entpacken Sie zuerst. Zweige bleiben erhalten.',
    action: 'Datei wählen',
    sending: (name) => `„${name}“ wird gesendet`,
    reading: 'Die Gespräche werden gelesen',
    done: (imported, skipped) =>
      `${imported === 1 ? '1 Gespräch wurde' : `${imported} Gespräche wurden`} übernommen${skipped === 0 ? '' : `, ${skipped} übersprungen`}.`,
    skipped: (count) => `Übersprungen (${count})`,
    andMore: (count) => `und ${count} weitere`,
  },
  shares: {
    title: 'Was Sie teilen',
    text: 'Wer sich anmelden kann und den Link hat, kann diese Gespräche lesen.',
    none: 'Sie teilen nichts.',
    state: (messages, at) =>
      `${messages === 1 ? '1 Nachricht' : `${messages} Nachrichten`}, Stand ${at}`,
    look: 'Ansehen',
    copy: (title) => `Link zu „${title}“ kopieren`,
    revoke: 'Nicht mehr teilen',
    revokeNamed: (title) => `„${title}“ nicht mehr teilen`,
    revokeTitle: (title) => `„${title}“ nicht mehr teilen?`,
    revokeText: 'Der Link gilt sofort nicht mehr. Teilen Sie erneut, entsteht ein neuer Link.',
    revoked: (title) => `„${title}“ wird nicht mehr geteilt.`,
  },
};
