import type { IConstruct } from 'constructs';
import { isMarked } from '../mark';
import type { Site } from './site';

/** Every site below a construct, in the order of their making. */
export function sitesOf(root: IConstruct): Site[] {
  return root.node.findAll().filter((construct): construct is Site => isMarked(construct, 'site'));
}
