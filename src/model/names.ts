import { type Complaint, complaint } from './problem';

// The API's own rules: k8s.io/apimachinery/pkg/util/validation.
const DNS_1035_LABEL = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_1123_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_1123_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/**
 * A Service's name: an RFC 1035 label, 1 to 63 characters. Kubernetes 1.37 also takes a leading digit; the older rule works everywhere.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names
 */
export function checkServiceName(field: string, name: string): Complaint[] {
  if (DNS_1035_LABEL.test(name)) return [];
  return [{
    code: 'NAME_RFC1035', severity: 'error', field, value: name,
    rule: 'A Service name is an RFC 1035 label: 1 to 63 of a-z, 0-9 and -, starting with a letter and ending with a letter or digit.',
    fix: suggestion(name, /^[a-z]/.test(labelFrom(name)) ? labelFrom(name) : labelFrom(`svc-${labelFrom(name)}`)),
  }];
}

/** A namespace's or a Pod-naming object's name: an RFC 1123 label, 1 to 63 characters. */
export function checkLabelName(field: string, name: string): Complaint[] {
  if (DNS_1123_LABEL.test(name)) return [];
  return [{
    code: 'NAME_RFC1123', severity: 'error', field, value: name,
    rule: 'The name is an RFC 1123 label: 1 to 63 of a-z, 0-9 and -, starting and ending with a letter or digit.',
    fix: suggestion(name, labelFrom(name)),
  }];
}

/** The label nearest to a name; `name` where nothing of it can stay. */
export function labelFrom(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+/, '').slice(0, 63).replace(/-+$/, '') || 'name';
}

/** A DNS name of several labels, at most 253 characters: an object's name, a host. */
export function isSubdomain(name: string): boolean {
  return name.length <= 253 && DNS_1123_SUBDOMAIN.test(name) && name.split('.').every((label) => label.length <= 63);
}

/** The name of most objects: a DNS name, dots and all. */
export function checkObjectName(field: string, name: string): Complaint[] {
  if (isSubdomain(name)) return [];
  return [complaint(
    'NAME_SUBDOMAIN', field, name,
    'The name is a DNS name: at most 253 of a-z, 0-9, - and dots, each part starting and ending with a letter or digit.', suggestion(name, labelFrom(name)),
  )];
}

/** A label's or selector's value: at most 63 characters. */
export function isLabelValue(value: string): boolean {
  return LABEL_VALUE.test(value);
}

export function checkLabelValue(field: string, value: string): Complaint[] {
  if (isLabelValue(value)) return [];
  return [complaint(
    'LABEL_VALUE', field, value, 'A label value has at most 63 of letters, digits, -, _ and dots, with a letter or digit at both ends.',
    `Use e.g. ${value.replace(/[^\w.-]+/g, '-').slice(0, 63).replace(/^[-_.]+|[-_.]+$/g, '') || 'v1'}.`,
  )];
}

/** Labels as an object or a selector has them. */
export function checkLabels(field: string, labels: Readonly<Record<string, string>>): Complaint[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...(isQualifiedName(key) ? [] : [complaint(
      'LABEL_KEY', field, key, 'A label key is name or prefix/name: the name at most 63 of letters, digits, -, _ and dots, the prefix a DNS name.', 'Write e.g. team or example.com/team.',
    )]),
    ...checkLabelValue(`${field}.${key}`, value),
  ]);
}

/** Annotation keys are label keys, except that capitals count as small letters. */
export function checkAnnotations(field: string, annotations: Readonly<Record<string, string>> = {}): Complaint[] {
  return Object.keys(annotations).filter((key) => !isQualifiedName(key.toLowerCase())).map((key) => complaint(
    'ANNOTATION_KEY', field, key, 'An annotation key is name or prefix/name: the name at most 63 of letters, digits, -, _ and dots, the prefix a DNS name.', 'Write e.g. example.com/owner.',
  ));
}

/** `name` or `prefix/name`, the prefix a DNS subdomain: label keys, appProtocol, loadBalancerClass. */
export function isQualifiedName(text: string): boolean {
  const slash = text.indexOf('/');
  const prefixFits = slash < 0 || isSubdomain(text.slice(0, slash));
  return prefixFits && QUALIFIED_NAME.test(text.slice(slash + 1));
}

/**
 * A container port's name, which a targetPort uses: 1 to 15 characters (IANA service name).
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
 */
export function checkPortName(field: string, name: string): Complaint[] {
  if (PORT_NAME.test(name)) return [];
  return [{
    code: 'PORT_NAME', severity: 'error', field, value: name,
    rule: 'A port name has 1 to 15 of a-z, 0-9 and -, at least one letter, no -- and no - at either end.',
    fix: 'Name it after its protocol, e.g. http, grpc or metrics.',
  }];
}

/** The nearest of the known names within two edits, for "did you mean". */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = 3;
  for (const candidate of known) {
    const distance = editDistance(name, candidate, least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function suggestion(name: string, fixed: string): string {
  return name.length > 63 ? `Shorten it to 63 characters, e.g. ${fixed}.` : `Use e.g. ${fixed}.`;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substituted, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? limit;
}
