import { type Complaint, complaint, warning } from '../../model/problem';
import { checkReplicas } from './availability';
import { type MicroserviceProps, outsidePeers } from './microservice-props';
import type { PodSecurityLevel } from '../namespace';
import { checkOutsidePeer } from './network-policy';
import { volumesOf } from './pod';
import { RESTRICTED, runsAsRoot } from './security';

const PINNED = /(:(?!latest$)[\w][\w.-]*|@sha256:[0-9a-f]{64})$/;

/** What one service's options get wrong by themselves, and with the Pod Security level of their namespace. */
export function microserviceComplaints(props: MicroserviceProps, level: PodSecurityLevel | undefined): Complaint[] {
  return [
    ...checkReplicas(props.replicas ?? 2),
    ...checkImage(props.image),
    ...checkDrain(props),
    ...(['calls', 'callers'] as const).flatMap((field) => outsidePeers(props[field]).flatMap((peer) => checkOutsidePeer(field, peer))),
    ...(props.port === undefined || props.ports === undefined ? [] : [complaint(
      'PORT_BOTH', 'port', props.port, 'A service has port or ports, not both.', 'Move the port into ports, with a name.',
    )]),
    ...(props.tmpMebibytes === undefined || (Number.isInteger(props.tmpMebibytes) && props.tmpMebibytes > 0) ? [] : [complaint(
      'TMP_SIZE', 'tmpMebibytes', props.tmpMebibytes, 'The size of /tmp is a whole number of mebibytes from 1.', 'Write e.g. 16.',
    )]),
    ...(level === 'restricted' && runsAsRoot(props.security ?? RESTRICTED) ? [complaint(
      'POD_SECURITY', 'security', props.security, 'A namespace that enforces Pod Security restricted refuses pods that may run as root.',
      "Give its AppNamespace podSecurity: 'baseline', or use an image that runs as another user.",
    )] : []),
    ...checkVolumeTypes(props, level),
  ];
}

/** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ "Volume Types" and "HostPath Volumes" */
const RESTRICTED_VOLUMES = new Set(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret']);

function checkVolumeTypes(props: MicroserviceProps, level: PodSecurityLevel | undefined): Complaint[] {
  const refused = (type: string) => (level === 'restricted' && !RESTRICTED_VOLUMES.has(type)) || (level === 'baseline' && type === 'hostPath');
  return volumesOf(props).flatMap((volume) => Object.keys(volume).filter((key) => key !== 'name' && refused(key))).map((type) => complaint(
    'POD_SECURITY_VOLUME', 'volumeMounts', type, `A namespace that enforces Pod Security ${level} refuses volumes of this type.`,
    'Mount it through a PersistentVolumeClaim, or give its AppNamespace another podSecurity.',
  ));
}

function checkImage(image: string): Complaint[] {
  if (typeof image !== 'string' || image === '' || /\s/.test(image)) {
    return [complaint('IMAGE', 'image', image, 'An image is a name without spaces.', 'Write e.g. nginxinc/nginx-unprivileged:1.29-alpine.')];
  }
  if (PINNED.test(image)) return [];
  return [warning('IMAGE_TAG', 'image', image, 'Without a tag, or with latest, two nodes may run two versions.', 'Pin a tag or a digest.')];
}

function checkDrain({ drainSeconds = 5, terminationGracePeriodSeconds }: MicroserviceProps): Complaint[] {
  if (!Number.isInteger(drainSeconds) || drainSeconds < 0) {
    return [complaint('DRAIN', 'drainSeconds', drainSeconds, 'Draining takes a whole number of seconds from 0.', 'Write e.g. 5.')];
  }
  if (terminationGracePeriodSeconds === undefined || (Number.isInteger(terminationGracePeriodSeconds) && terminationGracePeriodSeconds > drainSeconds)) return [];
  return [complaint(
    'DRAIN', 'terminationGracePeriodSeconds', terminationGracePeriodSeconds, 'The Pod has a whole number of seconds to end, more than it drains.', `Give more than ${drainSeconds} seconds.`,
  )];
}
