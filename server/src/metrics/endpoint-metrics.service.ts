import { Injectable } from '@nestjs/common';
import {
  type CatalogueEntry,
  CatalogueService,
  type EndpointState,
  RouterService,
} from '../models/index.js';
import { endpointLabels } from './endpoint-labels.js';
import { gauge, type MetricFamily, type Sample } from './metric-family.js';

/** Models whose endpoints are shown; the first of the catalogue. */
const MOST_MODELS = 1_000;
/** Endpoints that are shown of one model. */
const MOST_ENDPOINTS = 20;

/** The state of backends as this process knows it. */
@Injectable()
export class EndpointMetricsService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly router: RouterService,
  ) {}

  families(): readonly MetricFamily[] {
    return [
      gauge(
        'lumen_endpoint_up',
        '1: the endpoint gets requests; 0: it is left out after failures, or on trial.',
        () => this.ofEach(({ status }) => (status === 'healthy' ? 1 : 0)),
      ),
      gauge(
        'lumen_endpoint_in_flight',
        'Requests that the endpoint is serving for this process.',
        () => this.ofEach(({ inFlight }) => inFlight),
      ),
      gauge(
        'lumen_endpoint_waiting',
        'Requests that wait in this process for an endpoint of the model to be free.',
        () => this.waiting(),
      ),
    ];
  }

  private get shown(): readonly CatalogueEntry[] {
    return this.catalogue.current.list.slice(0, MOST_MODELS);
  }

  private ofEach(value: (state: EndpointState) => number): Sample[] {
    const samples: Sample[] = [];
    for (const entry of this.shown) {
      const states = new Map(this.router.states(entry).map((state) => [state.endpoint.id, state]));
      for (const { id, labels } of endpointLabels(entry, MOST_ENDPOINTS)) {
        const state = states.get(id);
        if (state) samples.push({ labels, value: value(state) });
      }
    }
    return samples;
  }

  private waiting(): Sample[] {
    return this.shown.map((entry) => ({
      labels: { model: entry.id },
      value: this.router.states(entry)[0]?.waiting ?? 0,
    }));
  }
}
