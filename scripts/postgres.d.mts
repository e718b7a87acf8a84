/** A PostgreSQL cluster of this process's own. */
export interface Cluster {
  /** Of its administrator. */
  url: string;
  /** Ends it without a word to anyone. */
  kill(): Promise<void>;
  /** Brings it back after `kill`. */
  start(): Promise<void>;
  /** Stops it and removes what it left. */
  remove(): Promise<void>;
}

export function startPostgres(settings?: Record<string, string>): Promise<string>;
export function startCluster(settings?: Record<string, string>): Promise<Cluster>;
