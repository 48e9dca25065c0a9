/** A report, or another file of ours, could not be written. Nobody may take the run for a clean one. */
export class OutputFailure extends Error {
  override readonly name = 'OutputFailure';

  /** @param code of the operating system */
  constructor(target: string, code: string) {
    super(`cannot write ${target}: ${code}`);
  }
}
