import { stat } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runLumen } from '../support/lumen/lumen-command.js';
import { LumenServer } from '../support/lumen/lumen-server.js';

const SEVERAL_STARTS_MS = 60_000;

describe('a fresh SQLite database', () => {
  let habit: number;
  // Most systems let everybody read what somebody makes, and a process hands its habit on.
  beforeEach(() => {
    habit = process.umask(0o022);
  });
  afterEach(() => void process.umask(habit));

  const modesIn = (server: LumenServer, names: readonly string[]) =>
    Promise.all(
      names.map(async (name) => (await stat(path.join(server.directory, name))).mode & 0o777),
    );

  it(
    'can be read by its owner alone, whoever makes it',
    async () => {
      await using server = await LumenServer.prepareEmpty();
      await server.launch();
      expect(await modesIn(server, ['.', 'lumen.db', 'lumen.db-wal'])).toEqual([
        0o700, 0o600, 0o600,
      ]);
      await using other = await LumenServer.prepareEmpty();
      await runLumen(['db', 'upgrade'], other.directory, other.environment);
      expect(await modesIn(other, ['.', 'lumen.db'])).toEqual([0o700, 0o600]);
    },
    SEVERAL_STARTS_MS,
  );
});
