import type { IConstruct } from 'constructs';
import { Microservice } from './microservice';

/** Every microservice below a construct, fronts included, in the order of their making. */
export function microservicesOf(root: IConstruct): Microservice[] {
  return root.node.findAll().filter((construct): construct is Microservice => construct instanceof Microservice);
}
