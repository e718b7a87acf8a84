export const errors = {
  network: 'There is no connection to the server. Check your network and try again.',
  signedOut: 'Your session has ended. Sign in again to go on.',
  forbidden: 'You may not do this.',
  notFound: 'This no longer exists.',
  tooMany: 'Too many requests in a short time.',
  tooLarge: 'This is too large for the server to accept.',
  server: 'Something went wrong on the server.',
  unexpected: 'The server did not accept this.',
  requestId: (id: string) => `Request ${id}`,
};
