import { connect } from './tools/connect';
import { help } from './tools/help';
import { keys } from './tools/keys';

export const tools = { keys, connect, help };
