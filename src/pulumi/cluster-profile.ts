import { controllersThere } from '../constructs/fronts/controllers-there';
import type { Environment } from '../constructs/environment';
import { microservicesOf } from '../constructs/services-of';
import { type Profile, profileOfKindConfig } from '../explain';
import type { Platform } from '../model/platform';
import { kindClusterConfig } from '../platforms/kind-config';
import type { KindPlatform } from '../platforms/kind';

/** What the manifests cannot say of the cluster, for `ladder explain --profile`. */
export function clusterProfile(environment: Environment): Profile {
  const { platform } = environment;
  const loadBalancer = platform.loadBalancer.provided ? platform.loadBalancer.by : false;
  const there = controllersThere(environment);
  const controllers = there.length > 0 ? { controllers: there } : {};
  if (!isKind(platform)) return { platform: 'gke', loadBalancer, enforcesPolicies: true, ...controllers };
  const ports = microservicesOf(environment).flatMap((service) => service.ports);
  return { ...profileOfKindConfig({ ...kindClusterConfig(platform, ports) }), loadBalancer, ...controllers };
}

function isKind(platform: Platform): platform is KindPlatform {
  return platform.type === 'kind';
}
