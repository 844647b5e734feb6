import type { Environment } from '../constructs/environment';
import { microservicesOf } from '../constructs/services-of';
import { GATEWAY_API_CRDS, GATEWAY_GROUP } from '../model/gateway-api';
import type { Platform } from '../model/platform';
import { type KindClusterConfig, kindClusterConfig } from '../platforms/kind-config';
import type { KindPlatform } from '../platforms/kind';
import type { BuiltEnvironment } from '../render/environments';

/** kind's config for an environment: the ports of all its services. None where the platform is not kind. */
export function kindClusterOf(environment: Environment): KindClusterConfig | undefined {
  const { platform } = environment;
  return isKind(platform) ? kindClusterConfig(platform, microservicesOf(environment).flatMap(({ ports }) => ports)) : undefined;
}

export function isKind(platform: Platform): platform is KindPlatform {
  return platform.type === 'kind';
}

/** The CRDs that kind lacks, where the environment has objects of the Gateway API: applied before these. */
export function gatewayCrdsOf({ objects }: BuiltEnvironment): readonly string[] {
  return objects.some(({ object }) => object.apiVersion.startsWith(`${GATEWAY_GROUP}/`)) ? [GATEWAY_API_CRDS] : [];
}
