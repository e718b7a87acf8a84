/**
 * What Lumen writes (a database, a backup) is for its own user alone, whatever the system's habit is.
 * Imported first of all, before anything is written.
 */
process.umask(0o077);

export {};
