import { type Messages } from '../messages';

const number = new Intl.NumberFormat('de');

export const composer: Messages['composer'] = {
  attach: 'Dateien anhängen',
  attachments: 'Anhänge',
  settings: 'Einstellungen dieses Chats',
  dropTitle: 'Dateien hier ablegen, um sie anzuhängen',
  dropText: 'Text, Code, Tabellen, PDF und Bilder',
  file: {
    remove: (name) => `${name} entfernen`,
    retry: (name) => `${name} noch einmal hochladen`,
    uploading: (percent) => `Wird hochgeladen, ${percent} %`,
    reading: 'Wird gelesen …',
    tokens: (count) => `≈ ${count} Tokens`,
    isCut: 'nur der Anfang wird gelesen',
    noSight: 'sieht das Modell nicht',
    added: (name) => `${name} angehängt`,
    failed: (name, reason) => `${name} nicht angehängt: ${reason}`,
  },
  problems: {
    empty: 'Die Datei ist leer.',
    tooMany: (most) => `Zu einer Frage gehören höchstens ${number.format(most)} Dateien.`,
    tooLarge: (most) => `Sie ist größer als ${most}.`,
    type: (extension) =>
      extension === ''
        ? 'Dateien ohne Endung werden nicht angenommen.'
        : `.${extension}-Dateien werden nicht angenommen.`,
  },
  pasted: (characters) => `Sie haben ${characters} Zeichen eingefügt.`,
  attachPasted: 'Als Datei anhängen',
  keepPasted: 'In der Nachricht lassen',
  pastedName: 'eingefuegt.txt',
  noSight: (model) => `${model} sieht keine Bilder.`,
  unseen: {
    text: (model) => `${model} sieht die Bilder dieses Chats nicht und erfährt nur ihre Namen.`,
    answer: 'Dieses Modell sah die Bilder des Chats nicht, nur ihre Namen.',
  },
  switchTo: (model) => `Zu ${model} wechseln`,
  removeImages: 'Bilder entfernen',
  uploading: 'Senden geht, sobald die Dateien da sind.',
  early: 'Ihre Frage wird gesendet, sobald alles geladen ist.',
  hasFailed: 'Fehlgeschlagene Dateien werden nicht gesendet.',
  noFilesHere: 'Temporäre Chats nehmen keine Dateien: Von ihnen wird nichts behalten.',
  estimate: (coins) => `≈ ${coins} Coins`,
  estimateSpoken: (coins) => `Diese Frage kostet etwa ${coins} Coins.`,
  estimateOfTwo: (coins) => `≈ ${coins} Coins für beide`,
  context: (percent) => `${percent} % des Kontexts des Modells sind belegt`,
  long: {
    cost: (coins) => `Dieser Chat ist lang: Jede Frage kostet etwa ${coins} Coins.`,
    full: 'Dieser Chat füllt den Kontext des Modells fast aus.',
    startNew: 'Neuen Chat beginnen',
    dismiss: 'Hinweis ausblenden',
  },
  budget: {
    title: 'Ihr Budget ist aufgebraucht',
    blocked: 'Dafür haben Sie kein Budget.',
    none: 'Es füllt sich nicht von selbst. Bitte wenden Sie sich an Ihre Administration.',
    next: (amount, unit, time) => `Nächste Auffüllung in ${time}: ${amount} ${unit}.`,
    soon: 'Es wird gerade aufgefüllt.',
    units: { coins: 'Coins', tokens: 'Tokens' },
    oneUnit: { coins: 'Coin', tokens: 'Token' },
    free: 'Diese Modelle sind kostenlos:',
    noFree: 'Ihnen steht kein kostenloses Modell offen.',
    use: (model) => `${model} nutzen`,
    left: (available, max, unit) => `${available} von ${max} ${unit} übrig`,
  },
  duration: (hours, minutes, seconds) => {
    if (hours >= 48) return `${Math.round(hours / 24)} Tagen`;
    if (hours > 0) return minutes > 0 ? `${hours} Std. ${minutes} Min.` : `${hours} Std.`;
    return minutes > 0 ? `${minutes} Min.` : `${seconds} s`;
  },
  preferences: {
    legend: 'Schreiben und Lesen',
    enter: 'Enter macht eine neue Zeile',
    enterHint: 'Strg+Enter sendet',
    complete: 'Antworten erst vollständig zeigen',
    completeHint: 'statt Wort für Wort',
  },
};
