/** What Node throws where the file system refuses. */
export interface DiskError {
  readonly code: string;
  readonly syscall: string;
  readonly message: string;
  readonly path?: string;
}

export function isDiskError(error: unknown): error is DiskError {
  return typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error && 'message' in error;
}

/** There is no such file, or its folder is none. */
export function isMissing(error: unknown): boolean {
  return isDiskError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
