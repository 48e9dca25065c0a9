// The block in a hook script that a team shares, such as husky's. Nothing in it is of one machine.
import { UserError } from '../model/user-error.ts';
import type { HookType } from './hook-script.ts';

const START = '# nhi-scan hook\n';
const END = '# end of nhi-scan hook\n';

function createBlock(type: HookType): string {
  return type === 'pre-push' ? createReadingBlock(type) : createPlainBlock(type);
}

function createPlainBlock(type: HookType): string {
  return `${START}npx --no-install nhi-scan hook run ${type} "$@" || exit $?\n${END}`;
}

/** Hands on what it reads to the lines after it. */
function createReadingBlock(type: HookType): string {
  return `${START}nhi_scan_input=$(cat) || exit 1
printf '%s\\n' "$nhi_scan_input" | npx --no-install nhi-scan hook run ${type} "$@" || exit $?
if [ -n "$nhi_scan_input" ]; then
exec <<NHI_SCAN_INPUT
$nhi_scan_input
NHI_SCAN_INPUT
fi
${END}`;
}

/** Also the block that earlier versions wrote, and with the line ends that git has given it. */
function findBlock(text: string, type: HookType): { at: number; length: number } | undefined {
  for (const written of [createBlock(type), createPlainBlock(type)]) {
    for (const block of [written, written.replaceAll('\n', '\r\n')]) {
      const at = `\n${text}`.indexOf(`\n${block}`);
      if (at !== -1) return { at, length: block.length };
    }
  }
  return undefined;
}

export function hasBlock(text: string, type: HookType): boolean {
  return findBlock(text, type) !== undefined;
}

export function removeBlock(text: string, type: HookType): string {
  const found = findBlock(text, type);
  return found === undefined ? text : text.slice(0, found.at) + text.slice(found.at + found.length);
}

/** The line by which scripts of husky before version 9 start themselves anew. */
const HUSKY_LINE = /^(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:\.|source)[ \t][^\n;&|]*husky\.sh"?[ \t]*(?:\n|$)/;

/**
 * Puts it first: a line before it could end the script, or read what git says.
 * @throws UserError for a script of another language
 */
export function addBlock(text: string, type: HookType): string {
  const rest = removeBlock(text, type);
  const interpreter = /^#![^\n]*(?:\n|$)/.exec(rest)?.[0] ?? '';
  if (interpreter !== '' && !/\b(?:sh|bash|dash|ash|ksh|zsh)\b/.test(interpreter)) {
    throw new UserError(`the ${type} script is none of the shell`, {
      hint: `let it run: npx --no-install nhi-scan hook run ${type}`,
    });
  }
  const start = interpreter.length + (HUSKY_LINE.exec(rest.slice(interpreter.length))?.[0].length ?? 0);
  const head = rest.slice(0, start);
  const gap = head === '' || head.endsWith('\n') ? '' : '\n';
  return `${head}${gap}${createBlock(type)}${rest.slice(start)}`;
}
