import { describeChatStates } from '../support/chat-states-tests.js';

/** The two that differ most; `npm run prove` looks at all of them. */
describeChatStates([
  { theme: 'dark', size: 'wide' },
  { theme: 'light', size: 'phone' },
]);
