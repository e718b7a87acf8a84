import { chat } from './en/chat';
import { composer } from './en/composer';
import { conversations } from './en/conversations';
import { errors } from './en/errors';
import { markdown } from './en/markdown';
import { models } from './en/models';
import { settings } from './en/settings';
import { shell } from './en/shell';
import { shortcuts } from './en/shortcuts';
import { signIn } from './en/sign-in';
import { shared, yourData } from './en/your-data';

export const en = {
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
