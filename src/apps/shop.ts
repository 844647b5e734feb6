import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { Exposure } from '../constructs/services/exposure';
import { ExternalService } from '../constructs/services/external-service';
import { Microservice } from '../constructs/services/microservice';

/** The services of the shop, by what they are called in it. */
export const SHOP_SERVICES = ['blue-service', 'python-nodeport-service', 'nginx-service', 'orders', 'whoami'] as const;

export type ShopService = (typeof SHOP_SERVICES)[number];

const IMAGES: Readonly<Record<ShopService, string>> = {
  'blue-service': 'hashicorp/http-echo:1.0.0',
  'python-nodeport-service': 'python:3.13-alpine',
  'nginx-service': 'nginxinc/nginx-unprivileged:1.29-alpine',
  orders: 'stefanprodan/podinfo:6.9.2',
  whoami: 'traefik/whoami:v1.11.0',
};

/** What a deployment of the shop may choose. */
export interface ShopOptions {
  /**
   * Pods of each service.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * Other images than the shop's own, with tag or digest, by service.
   *
   * @default none
   */
  readonly images?: Readonly<Partial<Record<ShopService, string>>>;
}

/** Options of a {@link Shop}. */
export interface ShopProps extends ShopOptions {
  /** The rung of each service: the one thing that differs between the environments. */
  readonly exposures: Readonly<Record<ShopService, Exposure>>;
}

/**
 * Five microservices of public images and a database outside. `orders` calls the others and the database; `nginx-service` calls
 * `orders`. On every rung the Deployments, names, selectors and ports are the same.
 */
export class Shop extends Construct {
  constructor(scope: Construct, id: string, props: ShopProps) {
    super(scope, id);
    const { exposures } = props;
    const images = { ...IMAGES, ...props.images };
    const replicas = props.replicas ?? 2;

    new Microservice(this, 'blue-service', {
      image: images['blue-service'],
      replicas,
      args: ['-listen=:5678', '-text=blue'],
      port: { containerPort: 5678, port: 80 },
      exposure: exposures['blue-service'],
      readiness: kplus.Probe.fromHttpGet('/health'),
    });

    new Microservice(this, 'python-nodeport-service', {
      image: images['python-nodeport-service'],
      replicas,
      command: ['python3', '-m', 'http.server', '8080', '--directory', '/usr/share'],
      port: { containerPort: 8080, port: 80 },
      exposure: exposures['python-nodeport-service'],
      readiness: kplus.Probe.fromHttpGet('/'),
      // As process 1, Python ignores being told to end; it is killed after this.
      terminationGracePeriodSeconds: 10,
    });

    new Microservice(this, 'nginx-service', {
      image: images['nginx-service'],
      replicas,
      port: { containerPort: 8080, port: 80 },
      exposure: exposures['nginx-service'],
      security: { type: 'restricted', user: 10101 },
      tmpMebibytes: 16,
      readiness: kplus.Probe.fromHttpGet('/'),
      calls: ['orders'],
    });

    new Microservice(this, 'orders', {
      image: images.orders,
      replicas,
      command: ['./podinfo', '--port=9898'],
      port: { containerPort: 9898, port: 80 },
      exposure: exposures.orders,
      envVariables: {
        PODINFO_UI_MESSAGE: kplus.EnvValue.fromValue('orders'),
        PODINFO_BACKEND_URL: kplus.EnvValue.fromValue('http://blue-service/'),
        DATABASE_HOST: kplus.EnvValue.fromValue('my-database'),
      },
      tmpMebibytes: 16,
      readiness: kplus.Probe.fromHttpGet('/readyz'),
      liveness: kplus.Probe.fromHttpGet('/healthz', { initialDelaySeconds: Duration.seconds(5) }),
      calls: ['blue-service', 'python-nodeport-service', 'whoami', 'my-database'],
    });

    new Microservice(this, 'whoami', {
      image: images.whoami,
      replicas,
      args: ['--port=8080'],
      port: { containerPort: 8080, port: 80 },
      exposure: exposures.whoami,
      readiness: kplus.Probe.fromHttpGet('/health'),
    });

    new ExternalService(this, 'my-database', { externalName: 'my-database.example.com', port: 5432 });
  }
}
