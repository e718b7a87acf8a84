import { type ConsoleMessages } from '../../messages';

export const connect: ConsoleMessages['tools']['connect'] = {
  intro:
    'Nutzen Sie die Modelle in Ihren eigenen Programmen und Editoren, auf Ihr Konto und in Ihrem Budget.',
  keyHeading: '1. Ein Schlüssel',
  keyText:
    'Ihre Werkzeuge lesen den Schlüssel aus der Umgebungsvariable LUMEN_API_KEY. So steht er in keiner Datei, die Sie weitergeben könnten.',
  keyNone: 'Sie haben noch keinen Schlüssel.',
  keyHave: (count) =>
    count === 1 ? 'Sie haben einen gültigen Schlüssel.' : `Sie haben ${count} gültige Schlüssel.`,
  keyShown:
    'Schlüssel werden nur einmal gezeigt, wenn sie entstehen. Ist Ihrer verloren? Erstellen Sie einen neuen.',
  keyCreate: 'Schlüssel erstellen',
  keyManage: 'Ihre Schlüssel',
  keySet: 'Tragen Sie ihn in die Umgebung ein, anstelle der Punkte:',
  keyMade: 'Tragen Sie Ihren neuen Schlüssel in die Umgebung ein:',
  windows: 'In der PowerShell:',
  toolHeading: '2. Ein Werkzeug',
  tool: 'Werkzeug',
  modelHeading: '3. Ein Modell',
  model: 'Modell',
  modelNone: 'Noch steht Ihnen kein Modell offen. Bitte wenden Sie sich an die Administration.',
  context: (tokens) => `${tokens} Tokens Kontext`,
  output: (tokens) => `Antworten bis zu ${tokens} Tokens`,
  price: (input, output) => `Coins je Million Tokens: ${input} hinein, ${output} heraus`,
  needsAcknowledgement:
    'Dieses Modell verlangt zuerst Ihre Zustimmung. Wählen Sie es einmal im Chat, und stimmen Sie dem Text zu.',
  setUpHeading: (tool) => `4. ${tool} einrichten`,
  pricesAreCoins:
    'Das Werkzeug zeigt Preise vielleicht mit einem Währungszeichen. Gemeint sind Coins.',
  steps: {
    install: () => 'Installieren Sie das Paket:',
    file: (place) => `Speichern Sie dies als ${place}:`,
    secretFile: (place) =>
      `Continue liest Schlüssel aus ${place}. Schreiben Sie Ihren dort hinein:`,
    run: () => 'Führen Sie es aus:',
    program: (place) => (place === '' ? 'Das Programm:' : `Speichern Sie dies als ${place}:`),
    shell: () => 'In Ihrer Shell:',
    settings: () => 'Füllen Sie diese Felder aus und unter „API Key“ Ihren Schlüssel:',
    openSettings: () =>
      'Öffnen Sie Cline in Ihrem Editor, und gehen Sie über das Zahnrad in die Einstellungen.',
    notebook: (place) =>
      `Speichern Sie das Notebook ${place}, und öffnen Sie es. Es fragt nach dem Schlüssel, wenn die Umgebung keinen hat.`,
    startTool: () => 'Starten Sie es:',
    workspace: (place) =>
      `Oder behalten Sie alles außer dem Schlüssel in ${place} und nur das Token in der Umgebung:`,
  },
  download: (file) => `${file} speichern`,
  copyValue: (label) => `${label} kopieren`,
  testHeading: '5. Verbindung testen',
  testText: (model) =>
    `Schickt „Say hello in one sentence.“ an ${model}, wie Ihr Werkzeug es täte. Das kostet, was jede Anfrage kostet.`,
  testKey: 'Zu testender Schlüssel',
  testKeyHint:
    'Bleibt das Feld leer, gilt Ihre Sitzung. Der Schlüssel geht an diesen Server und wird nirgends behalten.',
  testKeyWrong: 'Ein Schlüssel beginnt mit sk_. Kopieren Sie ihn ganz und ohne Leerzeichen.',
  test: 'Verbindung testen',
  testing: 'Die Antwort kommt gleich …',
  works: 'Es funktioniert.',
  failed: 'Es funktioniert noch nicht.',
  answer: 'Antwort',
  noAnswer: 'Das Modell hat in den wenigen Wörtern, die es bekam, nichts gesagt.',
  latency: 'Dauer',
  seconds: (seconds) => `${seconds} s`,
  cost: 'Kosten',
  coins: (amount) => `${amount} Coins`,
};
