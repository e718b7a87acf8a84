import { type Messages } from '../messages';

export const models: Messages['models'] = {
  choose: 'Modell wählen',
  chip: (name, status) => `Modell: ${name}, ${status}. Modell wechseln`,
  search: 'Modelle suchen',
  recommended: 'Empfohlen',
  all: 'Alle Modelle',
  unavailable: 'Nicht verfügbar',
  noMatch: (term) => `Kein Modell passt zu „${term}“.`,
  matches: (count) => (count === 1 ? '1 Modell' : `${count} Modelle`),
  none: 'Keine Modelle',
  noneTitle: 'Ihnen steht noch kein Modell offen',
  noneText:
    'Ihre Gruppen bestimmen, welche Modelle Sie nutzen dürfen. Bitte wenden Sie sich an Ihre Administration.',
  loading: 'Modelle …',
  failed: 'Die Modelle konnten nicht geladen werden.',
  status: { ok: 'verfügbar', degraded: 'zurzeit langsam', down: 'nicht verfügbar' },
  default: 'Standard',
  badges: {
    reasoning: 'Denkt nach',
    vision: 'Sieht Bilder',
    audio: 'Hört Ton',
    tools: 'Werkzeuge',
  },
  context: (size) => `${size} Kontext`,
  free: 'kostenlos',
  price: (input, output) => `${input} / ${output} Coins je Mio.`,
  priceSpoken: (input, output) =>
    `${input} Coins je Million gelesener Tokens, ${output} je Million geschriebener`,
};
