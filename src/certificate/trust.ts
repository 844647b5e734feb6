import type { Authority } from './authority';

/** A place where certificates are trusted, and what to type so that an authority is trusted there, and no longer is. */
export interface TrustStore {
  /** Who reads it. */
  readonly readers: string;
  readonly trust: string;
  readonly remove: string;
}

/** The stores of a platform, the first that of most browsers. On Linux the NSS family has its own; curl and most programs have the system's. */
export function trustStores(platform: NodeJS.Platform, { name, certificateFile: file }: Pick<Authority, 'name' | 'certificateFile'>): readonly TrustStore[] {
  const node = { readers: 'Node', trust: `export NODE_EXTRA_CA_CERTS='${file}'`, remove: 'unset NODE_EXTRA_CA_CERTS' };
  switch (platform) {
    case 'darwin': return [{
      readers: 'Safari, Chrome, Firefox, curl',
      trust: `security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db '${file}'`,
      remove: `security delete-certificate -c '${name}' -t ~/Library/Keychains/login.keychain-db`,
    }, node];
    case 'win32': return [{
      readers: 'Edge, Chrome, Firefox', trust: `certutil -user -addstore Root "${file}"`, remove: `certutil -user -delstore Root "${name}"`,
    }, { readers: 'Node', trust: `set NODE_EXTRA_CA_CERTS=${file}`, remove: 'set NODE_EXTRA_CA_CERTS=' }];
    default: return [{
      readers: 'Chromium, Chrome',
      trust: `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n '${name}' -i '${file}'`,
      remove: `certutil -d sql:$HOME/.pki/nssdb -D -n '${name}'`,
    }, {
      readers: 'Firefox',
      trust: `for db in ~/.mozilla/firefox/*/cert9.db; do certutil -d "sql:\${db%/*}" -A -t C,, -n '${name}' -i '${file}'; done`,
      remove: `for db in ~/.mozilla/firefox/*/cert9.db; do certutil -d "sql:\${db%/*}" -D -n '${name}'; done`,
    }, {
      readers: 'curl and most programs, Debian and Ubuntu',
      trust: `sudo cp '${file}' /usr/local/share/ca-certificates/service-ladder.crt && sudo update-ca-certificates`,
      remove: 'sudo rm /usr/local/share/ca-certificates/service-ladder.crt && sudo update-ca-certificates --fresh',
    }, { readers: 'curl and most programs, Fedora and RHEL', trust: `sudo trust anchor '${file}'`, remove: `sudo trust anchor --remove '${file}'` }, node];
  }
}
