export const signIn = {
  title: 'Sign in',
  action: 'Sign in',
  institution: 'You sign in with your institution’s account.',
  development: 'Development mode: you are signed in as the user named in the configuration.',
  notSetUp: {
    title: 'Sign-in is not set up yet',
    text: 'Whoever runs this server needs to enter an identity provider (oauth2) in config.yaml, or a dev_user together with debug: true for development, and restart it.',
  },
  /** By the code in the address; what the identity provider or the server refused. */
  failures: {
    login_denied: 'The sign-in was cancelled, or your institution did not allow it.',
    login_expired: 'The sign-in took too long. Please try again.',
    login_replayed: 'This sign-in was used before. Please start again.',
    login_provider_unreachable:
      'Your institution’s sign-in service is not available at the moment. Please try again shortly.',
    login_not_configured: 'Sign-in is not set up here yet. Please ask your administrator.',
    email_missing:
      'Your institution did not tell us your e-mail address. Please ask its help desk to release it.',
    email_unverified:
      'Your institution has not verified your e-mail address. Please verify it there and try again.',
    identity_conflict:
      'Your e-mail address belongs to an account that signs in elsewhere. Please ask your administrator.',
    return_address_refused:
      'The link that brought you here would have led away from this site. Sign in from here instead.',
    second_factor_missing:
      'Your account has further rights here, for which you need to sign in with a second factor. Please set one up at your institution, and sign in with it.',
    user_deactivated: 'Your account here has been deactivated. Please ask your administrator.',
  } as Record<string, string>,
  failed: 'The sign-in did not work. Please try again.',
  failureCode: (code: string) => `Code: ${code}`,
};
