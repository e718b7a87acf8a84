import { type Messages } from '../messages';

const number = new Intl.NumberFormat('de');

export const settings: Messages['settings'] = {
  title: 'Einstellungen dieses Chats',
  close: 'Einstellungen schließen',
  systemPrompt: 'Systemprompt',
  systemPromptHint:
    'Wie sich das Modell in diesem Chat verhalten soll; wird vor jeder Frage gesagt.',
  advanced: 'Weiteres',
  temperature: 'Temperatur',
  temperatureHint: '0 ist nüchtern, 2 ist wild. Leer: wie das Modell es hält.',
  maxOutputTokens: 'Längste Antwort',
  maxOutputTokensHint: 'In Tokens, jedes etwa ein ¾-Wort. Leer: wie das Modell es hält.',
  reasoningEffort: 'Aufwand beim Nachdenken',
  reasoningEffortHint: 'Mehr Nachdenken dauert länger und kostet mehr.',
  noReasoning: (model) => `${model} denkt nicht nach.`,
  efforts: { none: 'Wie es ist', low: 'Gering', medium: 'Mittel', high: 'Hoch' },
  reset: 'Zurücksetzen auf das Modell',
  saved: 'Gespeichert',
  wrong: {
    systemPrompt: (most) => `Höchstens ${number.format(most)} Zeichen; bitte kürzen.`,
    temperature: 'Eine Zahl von 0 bis 2.',
    maxOutputTokens: (most) => `Eine ganze Zahl von 1 bis ${number.format(most)}.`,
  },
  presets: 'Vorlagen',
  presetsHint:
    'Behalten Sie diese Einstellungen und das Modell unter einem Namen, um sie in jedem Chat zu nutzen.',
  noPresets: 'Sie haben noch keine Vorlagen.',
  apply: (name) => `Vorlage ${name} nutzen`,
  applied: (name) => `${name} gilt jetzt`,
  savePreset: 'Als Vorlage speichern',
  presetName: 'Name der Vorlage',
  save: 'Speichern',
  rename: (name) => `${name} umbenennen`,
  update: (name) => `${name} mit den Einstellungen dieses Chats überschreiben`,
  remove: (name) => `${name} löschen`,
  removed: (name) => `Die Vorlage ${name} ist gelöscht.`,
  more: (name) => `Was mit ${name} geschehen soll`,
  renameIt: 'Umbenennen',
  updateIt: 'Mit diesen Einstellungen überschreiben',
  removeIt: 'Löschen',
  undo: 'Rückgängig',
  nameTaken: 'Eine andere Vorlage heißt schon so.',
  nameMissing: 'Bitte geben Sie einen Namen.',
  modelGone: (name) => `Das Modell von ${name} steht Ihnen nicht offen; der Rest gilt.`,
};
