import { type en } from './en';

/** What every language file has to provide: the English one sets the shape. */
export type Messages = typeof en;
