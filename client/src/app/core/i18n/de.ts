import { chat } from './de/chat';
import { composer } from './de/composer';
import { conversations } from './de/conversations';
import { errors } from './de/errors';
import { markdown } from './de/markdown';
import { models } from './de/models';
import { settings } from './de/settings';
import { shell } from './de/shell';
import { shortcuts } from './de/shortcuts';
import { signIn } from './de/sign-in';
import { shared, yourData } from './de/your-data';
import { type Messages } from './messages';

export const de: Messages = {
  shell,
  signIn,
  chat,
  conversations,
  shared,
  yourData,
  models,
  errors,
  shortcuts,
  markdown,
  composer,
  settings,
};
