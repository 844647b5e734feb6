/** Is this `${PORT}` or the like, for envsubst, Flux or a pipeline to replace? What will stand there is not known. */
export function isVariable(value: unknown): boolean {
  return typeof value === 'string' && /\$[({]|\$[A-Za-z_]/.test(value);
}
