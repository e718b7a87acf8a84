import { chat } from './en/chat';
import { errors } from './en/errors';
import { keys } from './en/keys';
import { models } from './en/models';
import { shell } from './en/shell';
import { signIn } from './en/sign-in';

export const en = { shell, signIn, chat, models, keys, errors };
