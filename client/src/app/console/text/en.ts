import { announcements } from './en/announcements';
import { catalogue } from './en/catalogue';
import { clients } from './en/clients';
import { configuration } from './en/configuration';
import { nav } from './en/nav';
import { people } from './en/people';
import { profile } from './en/profile';
import { tools } from './en/tools';
import { usage } from './en/usage';
import { words } from './en/words';

export const en = {
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
