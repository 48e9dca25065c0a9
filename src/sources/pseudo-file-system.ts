// File systems that show the kernel as files. They hold no files to scan, and reading them may block or never end.
import { statfsSync } from 'node:fs';
import { toFsPath } from './folder.ts';
import type { FilePath } from './input.ts';

/** Linux magic numbers (statfs(2)): proc, sysfs, cgroup, cgroup2, debugfs, tracefs, securityfs, bpf, configfs, pstore, efivarfs. */
const MAGIC: ReadonlySet<number> = new Set([
  0x9fa0, 0x62656572, 0x27e0eb, 0x63677270, 0x64626720, 0x74726163, 0x73636673, 0xcafe4a11, 0x62656570,
  0x6165676c, 0xde5e81e4,
]);

/** Names of the folders that they are mounted on; only these are worth a look while walking. */
const MOUNT_POINTS: ReadonlySet<string> = new Set(['proc', 'sys']);

export function mayBePseudoFileSystem(folderName: string): boolean {
  return MOUNT_POINTS.has(folderName);
}

export function isOnPseudoFileSystem(path: FilePath): boolean {
  try {
    return MAGIC.has(statfsSync(toFsPath(path)).type);
  } catch {
    return false;
  }
}
