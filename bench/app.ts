import { type App, Chart } from 'cdk8s';
import { Environment, type EnvironmentDefinition, Exposure, kind, Microservice } from '../src/index';

/** As many services as BENCH_SERVICES says, each as a user would write it; with BENCH_CHARTS=each in a chart of its own. */
export function addServices(environment: Chart): void {
  for (let index = 0; index < Number(process.env['BENCH_SERVICES']); index++) {
    const scope = process.env['BENCH_CHARTS'] === 'each' ? new Chart(environment, `chart-${index}`, { namespace: 'bench' }) : environment;
    new Microservice(scope, `svc-${index}`, { image: 'registry.example.com/shop/service:1.0.0', port: 8080, exposure: Exposure.clusterIp() });
  }
}

export const environments: readonly EnvironmentDefinition[] = [{
  name: 'bench',
  description: 'the same service, many times',
  build: (app: App) => {
    const environment = new Environment(app, 'bench', { platform: kind(), namespace: 'bench' });
    addServices(environment);
    return environment;
  },
}];
