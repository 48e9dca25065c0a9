// Reads what a posture rule says of where a match is wrong.
import type { FieldRecord } from '../fields/field.ts';
import type { ReadDocument } from '../fields/read-document.ts';
import type { Posture, PostureCondition } from '../model/rule.ts';
import { UserError } from '../model/user-error.ts';
import { explainPattern } from './lint-pattern.ts';

/** @throws UserError where kind and fields do not fit, and for conditions that are no safe patterns */
export function readPosture(record: FieldRecord, document: ReadDocument): { posture?: Posture } {
  const where = record['where'] as FieldRecord | undefined;
  if ((record['kind'] === 'posture') !== (where !== undefined)) {
    throw new UserError('rules of kind `posture`, and only those, have `where`', {
      place: document.placeOf(record),
    });
  }
  if (!where) return {};
  const near = ((where['near'] ?? []) as FieldRecord[]).map((item) => {
    for (const name of ['has', 'lacks']) checkCondition(item, name, document);
    return item as unknown as PostureCondition;
  });
  const { files, key, differs, standards } = where as Partial<Record<string, string>> & FieldRecord;
  return {
    posture: {
      files: files as unknown as string[],
      ...(key === undefined ? {} : { key }),
      near,
      ...(differs === undefined ? {} : { differs }),
      shown: where['shown'] === true,
      standards: standards as unknown as string[],
    },
  };
}

function checkCondition(item: FieldRecord, name: string, document: ReadDocument): void {
  const pattern = item[name] as string | undefined;
  const complaint = pattern === undefined ? undefined : explainPattern(pattern);
  if (!complaint) return;
  throw new UserError(`'${name}': ${complaint.problem}`, {
    place: document.placeOf(item, name),
    hint: complaint.remedy,
  });
}
