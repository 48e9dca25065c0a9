// docs/command-line.md: every command and flag, from the program itself.
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.ts';
import { code, page, table } from './markdown.ts';

export function describeCommandLine(): string {
  const program = createProgram(() => undefined);
  return page('Command line', [
    'Exit codes: 0 complete, nothing to report; 1 findings; 2 usage or configuration error; 3 incomplete and no finding; 4 internal fault, or the report could not be written; 128+n ended by signal n. Findings go to standard output, everything else to standard error.',
    ...listCommands(program, program.name()).map(describeCommand),
  ]);
}

interface NamedCommand {
  readonly name: string;
  readonly command: Command;
}

function listCommands(parent: Command, path: string): NamedCommand[] {
  return parent.commands.flatMap((command) => {
    const name = `${path} ${command.name()}`;
    const inner = listCommands(command, name);
    return inner.length > 0 ? inner : [{ name, command }];
  });
}

function describeCommand({ name, command }: NamedCommand): string {
  const args = command.registeredArguments.map((argument) => {
    const inner = argument.variadic ? `${argument.name()}…` : argument.name();
    return argument.required ? `<${inner}>` : `[${inner}]`;
  });
  const options = command.options.map((option) => [code(option.flags), describeOption(option)]);
  const usage = [name, ...args].join(' ');
  const parts = [`## ${name}`, `${capitalise(command.description())}.`, `\`\`\`text\n${usage}\n\`\`\``];
  if (options.length > 0) parts.push(table(['option', 'meaning'], options));
  return parts.join('\n\n');
}

function describeOption({
  description,
  defaultValue,
  argChoices,
  negate,
}: Command['options'][number]): string {
  const choices = argChoices ? `: ${argChoices.join(', ')}` : '';
  const isShown =
    defaultValue !== undefined && !negate && !(Array.isArray(defaultValue) && defaultValue.length === 0);
  return `${description}${choices}${isShown ? ` (default: ${String(defaultValue)})` : ''}`;
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
