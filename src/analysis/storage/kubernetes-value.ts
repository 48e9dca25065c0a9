// The `data` of Kubernetes secrets is base64, which hides what it holds: a reference as well as a literal.
import type { Place } from '../../model/finding.ts';
import { fileKind } from '../place/file-kind.ts';

const BASE64 =
  /^(?:[A-Za-z0-9+/]{4}){2,340}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{4}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$/;

/** The text that a value of an infrastructure file holds in base64, or undefined for any other value. */
export function decodeKubernetesValue(input: {
  value: string;
  path: string;
  place: Place;
}): string | undefined {
  if (input.place !== 'iac' || !BASE64.test(input.value)) return undefined;
  const kind = fileKind(input.path);
  if (kind !== 'yaml' && kind !== 'json') return undefined;
  const text = Buffer.from(input.value, 'base64')
    .toString('latin1')
    .replace(/\r?\n$/, '');
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? text : undefined;
}
