import type { Authority } from './authority';

/** What to type so that a system's browsers trust an authority, and so that they no longer do. */
export interface TrustSteps {
  readonly trust: readonly string[];
  readonly remove: readonly string[];
}

/** By platform. On Linux every browser of the NSS family has a store of its own; curl and most programs have the system's. */
export function trustSteps(platform: NodeJS.Platform, { name, certificateFile }: Pick<Authority, 'name' | 'certificateFile'>): TrustSteps {
  switch (platform) {
    case 'darwin': return {
      trust: [`security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db '${certificateFile}'`],
      remove: [`security delete-certificate -c '${name}' -t ~/Library/Keychains/login.keychain-db`],
    };
    case 'win32': return {
      trust: [`certutil -user -addstore Root "${certificateFile}"`],
      remove: [`certutil -user -delstore Root "${name}"`],
    };
    default: return {
      trust: [`certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n '${name}' -i '${certificateFile}'`],
      remove: [`certutil -d sql:$HOME/.pki/nssdb -D -n '${name}'`],
    };
  }
}
