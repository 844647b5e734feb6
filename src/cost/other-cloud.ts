import { at, text } from '../manifest/fields';
import type { World } from '../explain';

/** Prefixes of a Service's annotations that only one cloud reads. */
const annotated = /^service\.beta\.kubernetes\.io\/(aws|azure|do|oci|linode|scw|vultr|openstack)-/;

/** What shows that manifests without a platform are not for GKE: nodes or Services of another cloud. A sentence, or undefined. */
export function otherCloud({ manifests, services }: World): string | undefined {
  for (const { object } of manifests.objects) {
    const [, cloud] = (object.kind === 'Node' && /^([^:]+):\/\//.exec(text(at(object, 'spec', 'providerID')) ?? '')) || [];
    if (cloud !== undefined && cloud !== 'gce') return `Node ${object.metadata.name} is of ${cloud}, so this is not GKE.`;
  }
  const key = [...services.values()].filter(({ type }) => type === 'LoadBalancer').flatMap(({ annotations }) => Object.keys(annotations)).sort().find((one) => annotated.test(one));
  return key === undefined ? undefined : `The annotation ${key} is for another cloud, so this is not taken for GKE; --platform gke prices it all the same.`;
}
