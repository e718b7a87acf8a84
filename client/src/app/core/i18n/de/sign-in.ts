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
    login_denied: 'Die Anmeldung wurde abgebrochen oder von Ihrer Einrichtung nicht erlaubt.',
    login_expired: 'Die Anmeldung hat zu lange gedauert. Bitte versuchen Sie es noch einmal.',
    login_replayed: 'Diese Anmeldung wurde schon benutzt. Bitte beginnen Sie von vorn.',
    login_provider_unreachable:
      'Der Anmeldedienst Ihrer Einrichtung ist zurzeit nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
    login_not_configured:
      'Die Anmeldung ist hier noch nicht eingerichtet. Bitte wenden Sie sich an Ihre Administration.',
    email_missing:
      'Ihre Einrichtung hat uns Ihre E-Mail-Adresse nicht mitgeteilt. Bitte lassen Sie sie dort freigeben.',
    email_unverified:
      'Ihre Einrichtung hat Ihre E-Mail-Adresse nicht bestätigt. Bitte bestätigen Sie sie dort und versuchen Sie es noch einmal.',
    identity_conflict:
      'Ihre E-Mail-Adresse gehört zu einem Konto, das sich woanders anmeldet. Bitte wenden Sie sich an Ihre Administration.',
    return_address_refused:
      'Der Link, der Sie hergeführt hat, hätte von dieser Seite weggeführt. Melden Sie sich stattdessen hier an.',
    second_factor_missing:
      'Ihr Konto hat hier weitere Rechte. Dafür müssen Sie sich mit einem zweiten Faktor anmelden. Bitte richten Sie ihn bei Ihrer Einrichtung ein und melden Sie sich damit an.',
    user_deactivated:
      'Ihr Konto hier ist deaktiviert. Bitte wenden Sie sich an Ihre Administration.',
  },
  failed: 'Die Anmeldung hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
  failureCode: (code) => `Code: ${code}`,
};
