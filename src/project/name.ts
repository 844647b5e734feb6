import { basename } from 'node:path';
import { checkLabelName, labelFrom } from '../model/names';
import { type Complaint, complaint } from '../model/problem';

/** kind calls a node `<name>-control-plane`, and a host's name has an end; kind itself warns from here on. */
const LONGEST = 50;

/** The folder's own name as far as it can be one: `My App` gives `my-app`, `___` nothing. */
export function nameFromFolder(folder: string): string {
  const own = basename(folder);
  return !/[a-z0-9]/i.test(own) ? '' : labelFrom(own).slice(0, LONGEST).replace(/-+$/, '');
}

/** The name of a project is that of its package, its namespace and its kind cluster: the narrowest rules of the three. */
export function checkProjectName(field: string, name: string): Complaint[] {
  const complaints = checkLabelName(field, name);
  if (complaints.length > 0) return complaints;
  if (name.length > LONGEST) {
    return [complaint('NAME_TOO_LONG', field, name, `It is also the name of the kind cluster, which has at most ${LONGEST} characters.`, `Shorten it, e.g. ${nameFromFolder(name)}.`)];
  }
  if (name === 'default' || name.startsWith('kube-')) {
    return [complaint('NAMESPACE_RESERVED', field, name, 'It is also the name of the namespace, and Kubernetes keeps default and kube-* for itself.', 'Name it after what runs in it, e.g. shop.')];
  }
  return [];
}
