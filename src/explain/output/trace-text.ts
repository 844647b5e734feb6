import type { Colors } from 'picocolors/types';
import type { Finding, Hop, Trace } from '../trace';
import { findingLine, findingLines } from './finding-text';
import { printable } from './printable';
import { firstBroken } from './way';
import { objectName, paintVerdict, place, symptomWords, verdictMark } from './words';

export interface TraceTextOptions {
  readonly colors: Colors;
  /**
   * Also what else was considered on each hop and why it lost, what was taken for granted, and how to mend what is only beside the point.
   *
   * @default false
   */
  readonly verbose?: boolean;
}

/** A trace for people: the answer as a sentence, the way there, then why it breaks and how to mend it. */
export function renderTraceText(raw: Trace, options: TraceTextOptions): string {
  const trace = printable(raw);
  const { colors, verbose = false } = options;
  const reasons = verbose ? trace.findings : reasonsOf(trace);
  const blocks: (readonly string[])[] = [
    [colors.bold(paintVerdict(colors, trace.verdict, `${verdictMark[trace.verdict]} ${headline(trace)}`))],
    wayLines(trace, options),
    ...reasons.map((finding) => findingLines(finding, colors)),
    trace.findings.filter((finding) => !reasons.includes(finding)).map((finding) => findingLine(finding, colors)),
  ];
  if (verbose || trace.verdict === 'depends' || trace.verdict === 'unknown') {
    blocks.push(trace.assumptions.map((assumption) => `${colors.dim('assumed')}  ${assumption}`));
  }
  return `${blocks.filter((block) => block.length > 0).map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** The findings that say why it does not work: those of the worst severity there is. */
export function reasonsOf({ verdict, findings }: Trace): readonly Finding[] {
  if (verdict === 'ok') return [];
  const worst = (['error', 'warning', 'note'] as const).find((severity) => findings.some((finding) => finding.severity === severity));
  return findings.filter(({ severity }) => severity === worst);
}

/** The answer in one sentence. */
export function headline(trace: Trace): string {
  const asked = `${trace.request} from ${trace.from}`;
  const symptom = trace.symptom === null ? undefined : symptomWords[trace.symptom];
  switch (trace.verdict) {
    case 'ok': return `${asked} works: ${answerer(trace)}`;
    case 'broken': return symptom === undefined ? `${asked} is broken` : `${asked} is broken: the client sees ${symptom}`;
    case 'partial': return `${asked} works only sometimes: ${symptom === undefined ? 'some attempts fail' : `some attempts see ${symptom}`}`;
    case 'depends': return `${asked} hangs on what manifests cannot say${symptom === undefined ? '' : `: it may see ${symptom}`}`;
    case 'unknown': return `${asked} cannot be followed to its end: part of the way is not in the input`;
  }
}

function answerer(trace: Trace): string {
  const backends = trace.backends.map(({ kind, namespace, name, port }) => `${kind} ${namespace}/${name} port ${port}`);
  if (trace.status !== undefined) return `the front answers ${trace.status} itself`;
  return backends.length === 0 ? 'it is answered outside the input' : `answered by ${backends.join(' or ')}`;
}

function wayLines(trace: Trace, options: TraceTextOptions): readonly string[] {
  const broken = trace.verdict === 'ok' ? undefined : firstBroken(trace.hops);
  const width = Math.max(0, ...allHops(trace.hops).map((hop) => hop.kind.length));

  const draw = (hops: readonly Hop[], number: number, margin: string): readonly string[] => {
    const forks = hops.length > 1;
    return hops.flatMap((hop, index) => {
      const last = index === hops.length - 1;
      const first = forks ? `${margin}${last ? '└ ' : '├ '}` : margin;
      const below = forks ? `${margin}${last ? '  ' : '│ '}` : margin;
      const [head = '', ...rest] = hopLines(hop, number, width, hop === broken, options);
      return [`${first}${head}`, ...rest.map((line) => `${below}${line}`), ...draw(hop.next, number + 1, below)];
    });
  };
  return draw(trace.hops, 1, '  ');
}

function hopLines(hop: Hop, number: number, width: number, breaksHere: boolean, { colors, verbose = false }: TraceTextOptions): readonly string[] {
  const head = `${number} ${verdictMark[hop.verdict]} ${hop.kind.padEnd(width)}  `;
  const margin = ' '.repeat(head.length);
  const where = whereText(hop);
  return [
    `${paintVerdict(colors, hop.verdict, head)}${hop.text}${breaksHere ? colors.red('  ← breaks here') : ''}`,
    ...(where === '' ? [] : [colors.dim(`${margin}${where}`)]),
    ...(verbose ? (hop.considered ?? []).map(({ what, why }) => colors.dim(`${margin}not ${what}: ${why}`)) : []),
  ];
}

/** The addresses before and after a hop, its object and where that was read. */
export function whereText(hop: Hop): string {
  const address = hop.to === undefined || hop.to === hop.from ? hop.to : hop.from === undefined ? `→ ${hop.to}` : `${hop.from} → ${hop.to}`;
  return [
    address,
    hop.object === undefined ? undefined : objectName(hop.object),
    hop.file === undefined ? undefined : place({ file: hop.file, line: hop.line }),
  ].filter((part) => part !== undefined).join('  ');
}

function allHops(hops: readonly Hop[]): readonly Hop[] {
  return hops.flatMap((hop) => [hop, ...allHops(hop.next)]);
}
