/** What differs from one run, or one cluster, to the next, by the same word everywhere. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  // Another suite made it, and not with kubectl.
  [/^Warning: resource \S+ is missing the kubectl\.kubernetes\.io\/last-applied-configuration annotation.*\n?/gm, ''],
  [/\bfe80::[0-9a-f:]+/g, '<link>'],
  // A node, as its own pods see it.
  [/\b10\.244\.\d+\.1\b/g, '<node>'],
  [/\b10\.244\.\d+\.\d+/g, '<pod>'],
  [/\b10\.96\.(?!0\.1\b|0\.10\b)\d+\.\d+/g, '<service>'],
  [/\b172\.18\.\d+\.\d+/g, '<node>'],
  [/\b203\.0\.113\.\d+/g, '<load balancer>'],
  [/\bkind-(worker\d?|control-plane)\b/g, '<node>'],
  // The alphabet of generated names has no vowels, and no 0, 1 and 3.
  [/-[a-z0-9]{7,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-<pod>'],
  [/-[bcdfghjklmnpqrstvwxz2456789]{5}\b/g, '-<slice>'],
  [/\bKUBE-(SVC|SEP|EXT|SVL|FW|XLB)-[A-Z0-9]{16}\b/g, 'KUBE-$1-<hash>'],
  [/\b\d+(s|m|h|ms)(\d+s)?(?= |$| ago|:)/gm, '<age>'],
  [/\b\d+ (ms|milliseconds)\b/g, '<age>'],
  // A port that the client's machine chose.
  [/(?<=[:"])(3[3-9]|4\d|5\d|6[0-5])\d{3}\b/g, '<port>'],
  [/ (created|configured|unchanged)$/gm, ' applied'],
  [/ {2,}|\t+/g, ' '],
];

export function masked(text: string): string {
  return VARYING.reduce((rest, [varying, word]) => rest.replace(varying, word), text).split('\n').map((line) => line.trimEnd()).join('\n').trim();
}
