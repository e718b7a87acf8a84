/** A PostgreSQL cluster of this process's own. */
export interface Cluster {
  /** Of its administrator. */
  url: string;
  /** Ends it without a word to anyone. */
  kill(): Promise<void>;
  /** Brings it back after `kill`. */
  start(): Promise<void>;
  /** Ends it and puts its data into a folder, to begin another one with. */
  keep(folder: string): Promise<void>;
  /** Stops it and removes what it left. */
  remove(): Promise<void>;
}

export function startPostgres(settings?: Record<string, string>): Promise<string>;
export function startCluster(
  settings?: Record<string, string>,
  kept?: string | null,
): Promise<Cluster>;
