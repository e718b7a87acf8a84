import { key, mapping, section, withFacts } from './key.js';
import { choice, flag, httpUrl, name, number, secret, text } from './values.js';

export const prometheus = section({
  enabled: key(flag.default(false), 'Serve /metrics.', { reload: 'restart' }),
  token: key(secret().nullable().default(null), 'Bearer token that /metrics asks for.', {
    defaultText: 'none is asked for',
  }),
  multiprocDir: key(
    text().default(''),
    'Accepted from earlier versions; Lumen needs no directory.',
    {
      reload: 'restart',
    },
  ),
});

export const monitoring = section({
  token: key(
    secret().nullable().default(null),
    'Bearer token that may read GET /v1/models and the details of /health/inference.',
    { defaultText: 'there is none' },
  ),
});

export const telemetry = section({
  otlpEndpoint: key(
    httpUrl.nullable().default(null),
    'Collector that traces are sent to (OTLP over HTTP).',
    {
      env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      defaultText: 'no traces',
    },
  ),
  serviceName: key(name().default('lumen'), 'Name of this service in traces.', {
    env: 'OTEL_SERVICE_NAME',
  }),
  sampleRatio: key(number(0, 1).default(1), 'Share of the requests that are traced.'),
});

const level = withFacts(choice('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), {
  read: (value) =>
    typeof value === 'string' ? value.toLowerCase().replace(/^warning$/, 'warn') : value,
});

export const log = section({
  level: key(level.default('info'), 'Least important lines that are written.', {
    env: 'LUMEN_LOG_LEVEL',
  }),
  modules: key(
    mapping(level),
    'Levels of single modules in its place, by the `context` that stands in their lines.',
    { allowed: 'a mapping of names to levels' },
  ),
  requests: key(flag.default(true), 'One line for each request, at its end.'),
  probes: key(flag.default(false), 'Lines about the health checks of backends, too.'),
  format: key(
    choice('auto', 'json', 'pretty').default('auto'),
    'auto: pretty on a terminal, else json.',
    {
      reload: 'restart',
    },
  ),
});
