import { type INestApplicationContext } from '@nestjs/common';
import { InferenceHealthService } from '../../health/inference-health.service.js';
import { endpointStanding, type EndpointState } from '../../models/index.js';
import { failed, type Finding, ok, warning } from './check.js';

/** Asks every endpoint of every model for its models, as the health checks do. */
export async function checkBackends(app: INestApplicationContext): Promise<Finding[]> {
  const models = await app.get(InferenceHealthService).models();
  if (models.length === 0) {
    const advice = 'Add a model to config.yaml, or a provider in the console.';
    return [warning('backends', 'there is no model', advice)];
  }
  return models.map(({ entry, status, endpoints }) => {
    const subject = 'backend';
    const broken = endpoints.filter((state) => problemOf(state) !== null);
    if (broken.length === 0 && status === 'ok') {
      return ok(subject, `${entry.id}: ${endpoints.map(latencyOf).join(', ')}`);
    }
    const detail = broken.map((state) => `${state.endpoint.url} ${problemOf(state)}`).join('; ');
    const advice = 'Check that it runs, its address, its key, and that this machine may reach it.';
    const isDown = status === 'down';
    return (isDown ? failed : warning)(subject, `${entry.id}: ${detail || status}`, advice);
  });
}

function problemOf(state: EndpointState): string | null {
  if (state.lastProbe === null) return 'was not reached in time';
  if (state.lastProbe.isOk === false) return state.lastProbe.detail ?? 'failed';
  return endpointStanding(state) === 'up' ? null : 'is left out after failures';
}

function latencyOf({ endpoint, lastProbe }: EndpointState): string {
  return `${endpoint.url} in ${Math.round(lastProbe?.latencyMs ?? 0)} ms`;
}
