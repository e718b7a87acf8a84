import { type Messages } from '../messages';

export const signIn: Messages['signIn'] = {
  title: 'Anmelden',
  action: 'Anmelden',
  institution: 'Sie melden sich mit dem Konto Ihrer Einrichtung an.',
  development:
    'Entwicklungsmodus: Sie werden als der in der Konfiguration genannte Nutzer angemeldet.',
  notSetUp: {
    title: 'Die Anmeldung ist noch nicht eingerichtet',
    text: 'Wer diesen Server betreibt, muss in config.yaml einen Identitätsanbieter (oauth2) eintragen, oder zur Entwicklung einen dev_user zusammen mit debug: true, und ihn neu starten.',
  },
  failures: {
    access_denied: 'Die Anmeldung wurde abgebrochen oder von Ihrer Einrichtung nicht erlaubt.',
    account_inactive:
      'Ihr Konto hier ist deaktiviert. Bitte wenden Sie sich an Ihre Administration.',
    session_expired: 'Die Anmeldung hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
    temporarily_unavailable: 'Der Anmeldedienst Ihrer Einrichtung ist zurzeit nicht erreichbar.',
  },
  failed: 'Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  failureCode: (code) => `Code: ${code}`,
};
