// Why a pattern is refused.

export interface PatternComplaint {
  readonly problem: string;
  readonly remedy: string;
}

export class Complaint extends Error implements PatternComplaint {
  readonly problem: string;
  readonly remedy: string;
  constructor(problem: string, remedy: string) {
    super(problem);
    this.problem = problem;
    this.remedy = remedy;
  }
}
