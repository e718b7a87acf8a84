import { type Messages } from '../messages';

export const errors: Messages['errors'] = {
  network: 'Keine Verbindung zum Server. Prüfen Sie Ihr Netz und versuchen Sie es noch einmal.',
  signedOut: 'Ihre Sitzung ist zu Ende. Melden Sie sich wieder an, um fortzufahren.',
  forbidden: 'Das ist Ihnen nicht erlaubt.',
  notFound: 'Das gibt es nicht mehr.',
  tooMany: 'Zu viele Anfragen in kurzer Zeit.',
  tooLarge: 'Das ist zu groß für den Server.',
  server: 'Auf dem Server ist etwas schiefgegangen.',
  unexpected: 'Der Server hat das nicht angenommen.',
  requestId: (id) => `Anfrage ${id}`,
};
