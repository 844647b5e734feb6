import type { IConstruct } from 'constructs';
import { isMarked } from './mark';
import type { Microservice } from './services/microservice';

/** Every microservice below a construct, fronts included, in the order of their making. */
export function microservicesOf(root: IConstruct): Microservice[] {
  return root.node.findAll().filter((construct): construct is Microservice => isMarked(construct, 'microservice'));
}
