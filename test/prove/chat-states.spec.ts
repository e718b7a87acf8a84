import { describeChatStates } from '../support/chat-states-tests.js';
import { SIZES, THEMES } from '../support/page-watch.js';

const sizes = Object.keys(SIZES) as (keyof typeof SIZES)[];

/** What `npm test` looks at in two looks, in every theme and at every width. */
describeChatStates(THEMES.flatMap((theme) => sizes.map((size) => ({ theme, size }))));
