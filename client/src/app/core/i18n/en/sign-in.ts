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
    access_denied: 'The sign-in was cancelled, or your institution did not allow it.',
    account_inactive: 'Your account here has been deactivated. Please ask your administrator.',
    session_expired: 'The sign-in took too long. Please try again.',
    temporarily_unavailable: 'Your institution’s sign-in service is not available at the moment.',
  } as Record<string, string>,
  failed: 'The sign-in did not work. Please try again.',
  failureCode: (code: string) => `Code: ${code}`,
};
