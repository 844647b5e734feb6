import type { PortChain } from '../../model/ports';
import type { Exposure, IpFamilies } from './exposure';

/** The Service's spec: the rung decides the type and its policies; selector and ports are the same on every rung. */
export function serviceSpec(exposure: Exposure, ports: readonly PortChain[], selector: Readonly<Record<string, string>>): Record<string, unknown> {
  const { rung } = exposure;
  const common = { selector, ports: ports.map(servicePort), ...ipFamilies(rung.options.ipFamilies) };
  switch (rung.type) {
    case 'Headless': {
      const { publishNotReadyAddresses } = rung.options;
      return { ...common, type: 'ClusterIP', clusterIP: 'None', ...(publishNotReadyAddresses !== undefined && { publishNotReadyAddresses }) };
    }
    case 'ClusterIP':
    case 'Ingress':
      return { ...common, type: 'ClusterIP', ...clusterIpFields(exposure) };
    case 'NodePort':
      return { ...common, type: 'NodePort', ...clusterIpFields(exposure), ...given({ externalTrafficPolicy: rung.options.externalTrafficPolicy }) };
    case 'LoadBalancer': {
      const { externalTrafficPolicy, loadBalancerClass, loadBalancerSourceRanges, allocateLoadBalancerNodePorts } = rung.options;
      return {
        ...common,
        type: 'LoadBalancer',
        ...clusterIpFields(exposure),
        ...given({ externalTrafficPolicy, loadBalancerClass, loadBalancerSourceRanges, allocateLoadBalancerNodePorts }),
      };
    }
  }
}

function servicePort({ name, protocol, appProtocol, port, targetPort, nodePort }: PortChain): Record<string, unknown> {
  return { name, protocol, port, targetPort, ...given({ appProtocol, nodePort }) };
}

function clusterIpFields({ rung }: Exposure): Record<string, unknown> {
  if (rung.type === 'Headless') return {};
  const { sessionAffinity, internalTrafficPolicy, trafficDistribution } = rung.options;
  return {
    ...given({ internalTrafficPolicy, trafficDistribution }),
    ...(sessionAffinity && { sessionAffinity: 'ClientIP' }),
    ...(typeof sessionAffinity === 'object' && { sessionAffinityConfig: { clientIP: { timeoutSeconds: sessionAffinity.timeoutSeconds } } }),
  };
}

function ipFamilies(families: IpFamilies | undefined): Record<string, unknown> {
  return families ? { ipFamilyPolicy: families.policy, ...given({ ipFamilies: families.families }) } : {};
}

/** Only what was said: a field that is left out takes the API's default. */
function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
