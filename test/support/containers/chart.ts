import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const HELM = process.env['HELM_PATH'] ?? 'helm';
export const CHART = fileURLToPath(new URL('../../../deploy/chart', import.meta.url));

/** An object of Kubernetes, as Helm would send it. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels: Record<string, string>; annotations?: Record<string, string> };
  spec: Record<string, unknown>;
  stringData?: Record<string, string>;
  [key: string]: unknown;
}

export class Rendered {
  constructor(readonly manifests: readonly Manifest[]) {}

  /** The objects of a kind. */
  all(kind: string): Manifest[] {
    return this.manifests.filter((each) => each.kind === kind);
  }

  /** The object of this kind whose name ends so; throws unless there is one. */
  one(kind: string, ending = ''): Manifest {
    const found = this.all(kind).filter(({ metadata }) => metadata.name.endsWith(ending));
    if (found.length !== 1) throw new Error(`${found.length} of ${kind} …${ending}`);
    return found[0]!;
  }
}

/** Runs `helm template` with these values; throws what Helm says where it refuses. */
export function render(values: object): Rendered {
  const args = ['template', 'portal', CHART, '--namespace', 'lumen', '--values', '-'];
  const { status, stdout, stderr, error } = spawnSync(HELM, args, {
    input: JSON.stringify(values),
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr);
  const documents = parseAllDocuments(stdout);
  return new Rendered(
    documents.map((each) => each.toJS({}) as Manifest | null).filter((each) => each !== null),
  );
}

/** Runs `helm lint`; answers what it says. */
export function lint(values: object): { status: number | null; output: string } {
  const args = ['lint', '--strict', CHART, '--values', '-'];
  const { status, stdout, stderr } = spawnSync(HELM, args, {
    input: JSON.stringify(values),
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
}

const MODULES: Record<string, string> = {
  'gateway.networking.k8s.io/v1': '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1',
  'monitoring.coreos.com/v1': '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1',
};

interface Model {
  validate(): void;
}

/** Throws unless an object is what the API of Kubernetes, or the definition of its kind, asks for. */
export async function assertValid(manifest: Manifest): Promise<void> {
  const { apiVersion, kind } = manifest;
  const name = MODULES[apiVersion] ?? `kubernetes-models/${apiVersion}`;
  const models = (await import(name)) as Record<string, new (data: object) => Model>;
  const Kind = models[kind];
  if (!Kind) throw new Error(`${name} has no ${kind}.`);
  new Kind(manifest).validate();
}
