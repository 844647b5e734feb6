import { type ControllerKind, type RunningController, controllerOfGatewayController } from '../world/controllers';
import type { Gateway } from '../world/gateways';
import type { World } from '../world/world';

/** Who makes something of a Gateway: by its class, which GKE brings along without a manifest. undefined: not known, or nobody. */
export function controllerOfGateway(world: World, { className }: Gateway): ControllerKind | undefined {
  const controller = world.gatewayClasses.get(className) ?? (isOfGke(world, className) ? 'networking.gke.io/gateway' : undefined);
  return controller === undefined ? undefined : controllerOfGatewayController(controller);
}

export function isOfGke(world: World, className: string): boolean {
  return className.startsWith('gke-l7-') && (world.platform === undefined || world.platform === 'gke');
}

/** Its pods, where they are in the input. */
export function runningFor(world: World, gateway: Gateway): RunningController | undefined {
  const kind = controllerOfGateway(world, gateway);
  return kind === undefined ? undefined : world.controllers.find((running) => running.kind === kind);
}

/** Whether its load balancer has an address inside the VPC network only. */
export function isInternal({ className }: Gateway): boolean {
  return /^gke-l7-rilb(-mc)?$/.test(className);
}

/** Google's global load balancers send from published ranges; the regional ones from a subnet that manifests do not name. */
export function isGlobal(className: string): boolean {
  return /^gke-l7-(global-external-managed|gxlb)(-mc)?$/.test(className);
}
