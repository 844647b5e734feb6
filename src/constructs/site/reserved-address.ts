import { type Complaint, complaint } from '../../model/problem';
import type { Front } from './front';
import type { Site } from './site';

/** A reserved global address is one load balancer's: a Gateway's, or that of one Ingress of GKE. */
export function addressComplaints(site: Site, others: readonly Site[]): Complaint[] {
  const own = balancersOf(site);
  const all = [...own, ...others.flatMap(balancersOf)];
  return own.flatMap(({ address, balancer }) => {
    const other = all.find((one) => one.address === address && one.balancer !== balancer);
    return other === undefined ? [] : [complaint(
      'ADDRESS_TAKEN', 'front.staticAddressName', address, `A reserved address is for one load balancer; ${other.balancer} has it, and ${balancer} would get none.`,
      'Reserve another, or let the sites share a Gateway (SharedGateway).',
    )];
  });
}

function balancersOf(site: Site): { readonly address: string; readonly balancer: string }[] {
  return site.fronts.flatMap((front) => (front.globalAddress === undefined ? [] : [{ address: front.globalAddress, balancer: balancerOf(site, front) }]));
}

function balancerOf(site: Site, front: Front): string {
  return front.api === 'Gateway' && front.gatewayName !== undefined ? `Gateway ${front.namespace ?? ''}/${front.gatewayName}` : `the ${front.api} of ${site.node.path}`;
}
