import { chat } from './de/chat';
import { errors } from './de/errors';
import { keys } from './de/keys';
import { models } from './de/models';
import { shell } from './de/shell';
import { signIn } from './de/sign-in';
import { type Messages } from './messages';

export const de: Messages = { shell, signIn, chat, models, keys, errors };
