/** One document of a stream, and where it starts in its file. */
export interface DocumentText {
  readonly text: string;
  /** 0-based line of the file. */
  readonly line: number;
}

/** `---`, alone or followed by a comment or a value; a tag or `{` after it still starts a document. */
const separator = /^---(?=[ \t\r]|$)/;

/** Splits a YAML or JSON stream, as kubectl does, at lines that start with `---`; a stream of JSON values at their ends. */
export function splitDocuments(text: string): DocumentText[] {
  const clean = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const first = clean.trimStart()[0];
  return first === '{' || first === '[' ? splitJson(clean) : splitYaml(clean);
}

function splitYaml(text: string): DocumentText[] {
  const documents: DocumentText[] = [];
  let start = 0;
  let line = 0;
  let startLine = 0;
  const close = (end: number): void => {
    const body = text.slice(start, end);
    if (body.trim() !== '') documents.push({ text: body, line: startLine });
  };
  for (let from = 0; from < text.length;) {
    let end = text.indexOf('\n', from);
    if (end < 0) end = text.length;
    if (text.startsWith('---', from) && separator.test(text.slice(from, end))) {
      close(from);
      const rest = text.slice(from + 3, end).trim();
      // What follows `---` on its line belongs to the document; a comment does not matter.
      start = rest === '' || rest.startsWith('#') ? Math.min(end + 1, text.length) : from + 3;
      startLine = start > end ? line + 1 : line;
    }
    from = end + 1;
    line++;
  }
  close(text.length);
  return documents;
}

/** Values one after the other, as `jq` and `kubectl get -w -o json` print them. Separators of YAML between them are skipped. */
function splitJson(text: string): DocumentText[] {
  const documents: DocumentText[] = [];
  let depth = 0;
  let start = -1;
  let line = 0;
  let startLine = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\n') line++;
    if (inString) {
      if (c === '\\') i++;
      else if (c === '"' || c === '\n') inString = false;
      continue;
    }
    if (c === '"') inString = true;
    else if (c === '{' || c === '[') {
      if (depth++ === 0 && start < 0) { start = i; startLine = line; }
    } else if (c === '}' || c === ']') {
      if (--depth === 0 && start >= 0) {
        documents.push({ text: text.slice(start, i + 1), line: startLine });
        start = -1;
      }
      if (depth < 0) depth = 0;
    } else if (c === '-' && depth === 0 && text.startsWith('---', i)) {
      // JSON first, YAML after it: the rest is YAML's.
      return [...documents, ...splitYaml(text.slice(i)).map((document) => ({ ...document, line: document.line + line }))];
    }
  }
  if (start >= 0) documents.push({ text: text.slice(start), line: startLine });
  return documents;
}
