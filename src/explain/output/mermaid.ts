import type { Hop, Trace, Verdict } from '../trace';
import { firstBroken } from './way';
import { objectName, symptomWords } from './words';

const classes: Readonly<Record<Verdict, string>> = {
  ok: 'fill:#e6f4ea,stroke:#137333,color:#0b3d1c',
  broken: 'fill:#fce8e6,stroke:#c5221f,color:#5f1412',
  partial: 'fill:#fef7e0,stroke:#b06000,color:#5a3200',
  depends: 'fill:#e8f0fe,stroke:#1a73e8,color:#0b3a7e',
  unknown: 'fill:#f1f3f4,stroke:#5f6368,color:#202124',
};

/** A Mermaid flowchart of the way, for a pull request or a runbook. */
export function renderMermaid(trace: Trace): string {
  const lines = ['flowchart LR', `  request([${mermaidLabel(trace.request, `from ${trace.from}`)}])`];
  const members: Record<Verdict, string[]> = { ok: [], broken: [], partial: [], depends: [], unknown: [] };
  const broken = firstBroken(trace.hops);
  let breaksAt = 'request';
  let nodes = 0;

  const draw = (hop: Hop, previous: string): void => {
    const id = `hop${nodes++}`;
    members[hop.verdict].push(id);
    if (hop === broken) breaksAt = id;
    lines.push(`  ${id}[${mermaidLabel(hop.kind, hop.object === undefined ? undefined : objectName(hop.object), hop.text)}]`);
    lines.push(`  ${previous} -->${hop.to === undefined ? '' : `|${mermaidLabel(hop.to)}|`} ${id}`);
    for (const next of hop.next) draw(next, id);
  };
  for (const hop of trace.hops) draw(hop, 'request');

  if (trace.symptom !== null) {
    lines.push(`  symptom{{${mermaidLabel(`the client sees ${symptomWords[trace.symptom]}`)}}}`, `  ${breaksAt} -.-> symptom`);
  }
  for (const verdict of Object.keys(members) as Verdict[]) {
    if (members[verdict].length === 0) continue;
    lines.push(`  classDef ${verdict} ${classes[verdict]}`, `  class ${members[verdict].join(',')} ${verdict}`);
  }
  return `${lines.join('\n')}\n`;
}

/** A quoted label; everything that Mermaid, Markdown or HTML could read as its own becomes a character code. */
export function mermaidLabel(...rows: readonly (string | undefined)[]): string {
  const text = rows.filter((row) => row !== undefined && row !== '').map((row) => escape(row ?? '')).join('<br/>');
  return `"${text}"`;
}

function escape(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, ' ');
  // Mermaid takes a label that begins like a list for Markdown, and refuses it.
  const safe = /^\s*([-+]|\d+[.)])\s/.test(line) ? /[\p{L} ]/u : /[\p{L}\p{N} .,:/=+()'-]/u;
  return [...line].map((char) => (safe.test(char) ? char : `#${char.codePointAt(0) ?? 0};`)).join('');
}
