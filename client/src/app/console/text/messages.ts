import { type en } from './en';

/** What both languages have to provide: the English one sets the shape. */
export type ConsoleMessages = typeof en;
