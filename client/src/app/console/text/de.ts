import { announcements } from './de/announcements';
import { catalogue } from './de/catalogue';
import { clients } from './de/clients';
import { configuration } from './de/configuration';
import { nav } from './de/nav';
import { people } from './de/people';
import { profile } from './de/profile';
import { tools } from './de/tools';
import { usage } from './de/usage';
import { words } from './de/words';
import { type ConsoleMessages } from './messages';

export const de: ConsoleMessages = {
  words,
  nav,
  usage,
  people,
  clients,
  catalogue,
  tools,
  profile,
  configuration,
  announcements,
};
