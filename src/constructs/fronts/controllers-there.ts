import type { IConstruct } from 'constructs';
import { sitesOf } from '../site/sites-of';

/** Controllers that the sites below rely on and that nothing below installs: they are in the cluster already, and no manifest shows them. */
export function controllersThere(root: IConstruct): readonly string[] {
  const fronts = sitesOf(root).flatMap((site) => site.fronts);
  return [...new Set(fronts.filter(({ type, entry }) => type === 'ingress-nginx' && entry === undefined).map(({ type }) => type))];
}
