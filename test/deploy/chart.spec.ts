import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { loadConfiguration } from '../../server/src/config/index.js';
import { assertValid, CHART, lint, type Manifest, render } from '../support/containers/chart.js';

const SECRET = 'a-secret-that-is-long-enough-for-lumen';
const BUNDLED = {
  postgresql: { password: 'letters1' },
  secrets: { secretKey: SECRET, encryptionKey: `${SECRET}-2`, oauth2ClientId: 'c' },
};
const EXTERNAL = {
  postgresql: { bundled: false, url: 'postgres://lumen:pw@db.example.edu/lumen' },
  redis: { bundled: false, url: 'redis://:pw@cache.example.edu:6379/0' },
  secrets: { secretKey: SECRET },
};
const EVERYTHING = {
  ...EXTERNAL,
  workers: 4,
  config: { prometheus: { enabled: true, token: 'a-token-for-the-scraper' } },
  autoscaling: { enabled: true },
  ingress: { enabled: true, className: 'nginx', host: '*.ai.example.edu', tlsSecret: 'lumen-tls' },
  gateway: {
    enabled: true,
    host: '*.ai.example.edu',
    parentRefs: [{ name: 'public', namespace: 'gateways' }],
  },
  serviceMonitor: { enabled: true, tokenSecret: { name: 'lumen-metrics' } },
  networkPolicy: { from: [{ namespaceSelector: { matchLabels: { name: 'ingress' } } }] },
  imagePullSecrets: [{ name: 'registry' }],
  nodeSelector: { pool: 'web' },
  tolerations: [{ key: 'web', operator: 'Exists' }],
  priorityClassName: 'high',
  extraEnv: [{ name: 'NODE_EXTRA_CA_CERTS', value: '/lumen/ca.pem' }],
};
const EXISTING = {
  existingSecret: 'mine',
  existingConfigSecret: 'my-config',
  postgresql: { bundled: false },
  redis: { bundled: false },
};
const SHAPES = { BUNDLED, EXTERNAL, EVERYTHING, EXISTING };

interface Container {
  name: string;
  image: string;
  args?: string[];
  env?: { name: string; value?: string }[];
  envFrom?: { secretRef: { name: string } }[];
  securityContext: object;
  resources: { limits?: object; requests?: object };
}
interface Pod {
  automountServiceAccountToken: boolean;
  securityContext: object;
  containers: Container[];
  initContainers?: Container[];
  terminationGracePeriodSeconds?: number;
  volumes: { name: string; secret?: { secretName: string } }[];
}

const podOf = (manifest: Manifest) => (manifest.spec['template'] as { spec: Pod }).spec;
const annotationsOf = (manifest: Manifest) =>
  (manifest.spec['template'] as { metadata: Manifest['metadata'] }).metadata.annotations!;
const containersOf = ({ containers, initContainers = [] }: Pod) => [
  ...containers,
  ...initContainers,
];
const hookOf = ({ metadata }: Manifest) => metadata.annotations?.['helm.sh/hook'];

describe.each(Object.entries(SHAPES))('the chart with the values %s', (_name, values) => {
  const rendered = render(values);
  const pods = ['Deployment', 'StatefulSet', 'Job']
    .flatMap((kind) => rendered.all(kind))
    .map(podOf);

  it('passes helm lint', () => {
    expect(lint(values)).toMatchObject({ status: 0 });
  });

  it('is of objects that Kubernetes takes', async () => {
    expect(rendered.manifests.length).toBeGreaterThan(5);
    for (const manifest of rendered.manifests) await assertValid(manifest);
  });

  it('has each object once, with the labels of the release', () => {
    const names = rendered.manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of rendered.manifests) {
      expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'portal' });
    }
  });

  it('lets no process have rights, a file system to write or a token', () => {
    for (const pod of pods) {
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const container of containersOf(pod)) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toMatchObject({ limits: {}, requests: {} });
        expect(container.image).toMatch(/:(?!latest)[\w.-]+$/);
      }
    }
  });

  it('has secrets in secrets alone', () => {
    const others = rendered.manifests.filter(({ kind }) => kind !== 'Secret');
    for (const secret of [SECRET, 'letters1', 'lumen:pw', ':pw@']) {
      expect(JSON.stringify(others)).not.toContain(secret);
    }
  });

  it('gives streams the time they may take when a pod ends', () => {
    const pod = podOf(rendered.one('Deployment', 'portal-lumen'));
    const { server } = parse(
      readFileSync(path.join(CHART, '../../config.yaml.example'), 'utf8'),
    ) as {
      server: { shutdown_grace_s?: number } | null;
    };
    const grace = server?.shutdown_grace_s ?? 30;
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(grace + 5 + 10);
  });

  it('asks for health at addresses that say what is meant', () => {
    const [lumen] = podOf(rendered.one('Deployment', 'portal-lumen')).containers;
    expect(lumen).toMatchObject({
      startupProbe: { httpGet: { path: '/health/live' } },
      livenessProbe: { httpGet: { path: '/health/live' } },
      readinessProbe: { httpGet: { path: '/health/ready' } },
    });
  });
});

describe('the chart', () => {
  it('brings the database up to date by a hook, from secrets that are there before it', () => {
    const rendered = render(EXTERNAL);
    const job = rendered.one('Job');
    expect(hookOf(job)).toBe('pre-install,pre-upgrade');
    const pod = podOf(job);
    expect(pod.containers[0]!.args).toEqual(['db', 'upgrade']);
    const needed = [
      pod.volumes[0]!.secret!.secretName,
      pod.containers[0]!.envFrom![0]!.secretRef.name,
    ];
    for (const name of needed) {
      const secret = rendered.one('Secret', name);
      expect(hookOf(secret)).toBe('pre-install,pre-upgrade');
      expect(Number(secret.metadata.annotations!['helm.sh/hook-weight'])).toBeLessThan(0);
    }
  });

  it('brings a bundled database up to date from the pods, because it is not there before them', () => {
    const rendered = render(BUNDLED);
    expect(rendered.all('Job')).toEqual([]);
    const pod = podOf(rendered.one('Deployment', 'portal-lumen'));
    expect(pod.initContainers).toMatchObject([{ args: ['db', 'upgrade'] }]);
    const env = pod.containers[0]!.env!;
    expect(env.map(({ name }) => name).indexOf('POSTGRES_PASSWORD')).toBeLessThan(
      env.map(({ name }) => name).indexOf('DATABASE_URL'),
    );
  });

  it('leaves existing secrets alone, and uses them', () => {
    const rendered = render(EXISTING);
    expect(rendered.all('Secret')).toEqual([]);
    const pod = podOf(rendered.one('Deployment', 'portal-lumen'));
    expect(pod.containers[0]!.envFrom).toEqual([{ secretRef: { name: 'mine' } }]);
    expect(pod.volumes[0]!.secret!.secretName).toBe('my-config');
  });

  it('rolls the pods when the configuration or a secret changes, and not for nothing', () => {
    const of = (values: object) => annotationsOf(render(values).one('Deployment', 'portal-lumen'));
    const changed = { ...EXTERNAL, config: { admins: ['ada@example.edu'] } };
    expect(of(EXTERNAL)).toEqual(of(EXTERNAL));
    expect(of(changed)['checksum/config']).not.toBe(of(EXTERNAL)['checksum/config']);
    const secret = { ...EXTERNAL, secrets: { secretKey: `${SECRET}-new` } };
    expect(of(secret)['checksum/environment']).not.toBe(of(EXTERNAL)['checksum/environment']);
    expect(of({ ...changed, rollOnConfigChange: false })).not.toHaveProperty('checksum/config');
  });

  it('leaves the number of pods to the autoscaler where there is one', () => {
    expect(render(EXTERNAL).one('Deployment').spec).toMatchObject({ replicas: 2 });
    expect(render(EVERYTHING).one('Deployment').spec).not.toHaveProperty('replicas');
  });

  it('lets nobody but Lumen reach a bundled database', () => {
    const policies = render(BUNDLED).all('NetworkPolicy');
    expect(policies.map(({ metadata }) => metadata.name)).toEqual([
      'portal-lumen',
      'portal-lumen-postgresql',
      'portal-lumen-redis',
    ]);
    for (const { spec } of policies) expect(spec['policyTypes']).toEqual(['Ingress', 'Egress']);
  });

  it('has a configuration that Lumen takes', () => {
    const secret = render(BUNDLED).one('Secret', '-config').stringData!;
    const env = { LUMEN_SECRET_KEY: SECRET, LUMEN_ENCRYPTION_KEY: `${SECRET}-2` };
    const loaded = loadConfiguration({ text: secret['config.yaml']!, env });
    expect(loaded).toMatchObject({ ok: true });
  });

  it('is held against definitions that find what is wrong', async () => {
    const deployment = render(EXTERNAL).one('Deployment');
    const wrong = { ...deployment, spec: { ...deployment.spec, replicas: 'two' } };
    await expect(assertValid(wrong)).rejects.toThrow(/replicas/);
  });

  it('has the version of Lumen', () => {
    const root = path.join(CHART, '../..');
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    const chart = parse(readFileSync(path.join(CHART, 'Chart.yaml'), 'utf8')) as object;
    expect(chart).toMatchObject({ version, appVersion: version });
  });

  it.each([
    ['a little more than streams need', { ...EXTERNAL, terminationGracePeriodSeconds: 46 }],
    [
      'a long grace time that the pod gets',
      {
        ...EXTERNAL,
        terminationGracePeriodSeconds: 700,
        config: { server: { shutdown_grace_s: 600 } },
      },
    ],
    ['no autoscaler, whatever its numbers', { ...EXTERNAL, autoscaling: { minReplicas: 50 } }],
  ])('takes %s', (_what, values) => {
    expect(() => render(values)).not.toThrow();
  });

  it.each([
    ['a misspelled key', { ...BUNDLED, replicas: 3 }, /replicas/],
    ['a word for a number', { ...BUNDLED, replicaCount: 'two' }, /replicaCount/],
    ['the newest image, whatever it is', { ...BUNDLED, image: { tag: 'latest' } }, /tag/],
    ['a short secret', { ...BUNDLED, secrets: { secretKey: 'short' } }, /secretKey/],
    ['a password that breaks the address', { postgresql: { password: 'a@b' } }, /password/],
    ['a bundled database without a password', {}, /postgresql\.password is needed/],
    ['a gateway without a name', { ...BUNDLED, gateway: { enabled: true } }, /parentRefs/],
    [
      'replicas that know nothing of each other',
      { ...BUNDLED, redis: { bundled: false } },
      /More than one replica needs Redis/,
    ],
    [
      'a monitor of nothing',
      { ...EXTERNAL, serviceMonitor: { enabled: true } },
      /prometheus\.enabled/,
    ],
    [
      'a pause as long as the whole time of a stop',
      { ...EXTERNAL, preStopSeconds: 60 },
      /terminationGracePeriodSeconds is 60 and has to be more than 100:/,
    ],
    [
      'a grace time that a pod does not get',
      { ...EXTERNAL, config: { server: { shutdown_grace_s: 42, drain_s: 4 } } },
      /has to be more than 61: .* Raise it/,
    ],
    [
      'a pause as long as the stop, whatever is in a configuration of its own',
      { ...EXISTING, preStopSeconds: 50 },
      /has to be more than 60:/,
    ],
    [
      'an autoscaler without room',
      { ...EVERYTHING, autoscaling: { enabled: true, minReplicas: 5, maxReplicas: 4 } },
      /minReplicas is 5 and autoscaling\.maxReplicas 4: raise maxReplicas/,
    ],
    ['no database', { postgresql: { bundled: false } }, /Lumen needs a PostgreSQL/],
  ])('refuses %s', (_what, values, reason) => {
    expect(() => render(values)).toThrow(reason);
  });
});
