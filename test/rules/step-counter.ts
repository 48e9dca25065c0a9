// A backtracking matcher that counts its steps, for what the pattern lint allows: engines have no such counter, and
// a clock proves nothing. It tries what V8 tries, in the same order, without V8's shortcuts.
import type { AST } from '@eslint-community/regexpp';
import type { ByteSet } from '../../src/rules/byte-set.ts';
import { bytesMatching, bytesOf, hasByte, hasOverlap } from '../../src/rules/byte-set.ts';
import { parsePattern } from '../../src/rules/pattern-shape.ts';

export interface CountedTry {
  /** Bytes compared, positions asserted and ways entered. */
  readonly steps: number;
  /** Where the match ends; undefined without one. */
  readonly end: number | undefined;
}

export interface StepCounter {
  /** One try at `start`, as with the flag `y`. @throws Error beyond `maxSteps` */
  run(text: string, start: number, maxSteps?: number): CountedTry;
}

/** Goes on at an offset; true when the rest of the pattern matches from there. */
type Go = (at: number) => boolean;

interface State {
  text: string;
  steps: number;
  maxSteps: number;
}

interface Way {
  readonly state: State;
  readonly ignoreCase: boolean;
  /** Lookbehinds are matched from their end to their beginning. */
  readonly isBackward: boolean;
}

export function createStepCounter(pattern: string, ignoreCase: boolean): StepCounter {
  const state: State = { text: '', steps: 0, maxSteps: 0 };
  let end: number | undefined;
  const accept: Go = (at) => {
    end = at;
    return true;
  };
  const go = compileChoice(parsePattern(pattern).alternatives, { state, ignoreCase, isBackward: false }, accept);
  return {
    run: (text, start, maxSteps = Infinity) => {
      Object.assign(state, { text, steps: 0, maxSteps });
      end = undefined;
      go(start);
      return { steps: state.steps, end };
    },
  };
}

function count(state: State): void {
  if (++state.steps > state.maxSteps) throw new Error(`more than ${state.maxSteps} steps`);
}

function compileChoice(alternatives: readonly AST.Alternative[], way: Way, next: Go): Go {
  const gos = alternatives.map(({ elements }) => compileSequence(elements, way, next));
  if (gos.length === 1) return gos[0]!;
  return (at) => {
    for (const go of gos) {
      count(way.state);
      if (go(at)) return true;
    }
    return false;
  };
}

function compileSequence(elements: readonly AST.Element[], way: Way, next: Go): Go {
  const fromLast = way.isBackward ? elements : elements.slice().reverse();
  return fromLast.reduce((rest, element) => compileElement(element, way, rest), next);
}

function compileElement(element: AST.Element, way: Way, next: Go): Go {
  if (isByte(element)) {
    const accepts = createTest(bytesOf(element, way.ignoreCase), way);
    const step = way.isBackward ? -1 : 1;
    return (at) => accepts(at) && next(at + step);
  }
  switch (element.type) {
    case 'Group':
    case 'CapturingGroup':
      return compileChoice(element.alternatives, way, next);
    case 'Quantifier':
      return compileQuantifier(element, way, next);
    case 'Assertion':
      return compileAssertion(element, way, next);
    default:
      throw new Error(`no steps are known of ${element.type}`);
  }
}

/** Whether the byte after (or, backward, before) an offset is of a set. One step. */
function createTest(bytes: ByteSet, { state, isBackward }: Way): Go {
  const before = isBackward ? 1 : 0;
  return (at) => {
    count(state);
    const byte = state.text.charCodeAt(at - before);
    return byte < 256 && hasByte(bytes, byte);
  };
}

function compileQuantifier(node: AST.Quantifier, way: Way, next: Go): Go {
  const accepts = compileUnit(node.element, way);
  return accepts ? compileRun(node, accepts, { way, next }) : compileLoop(node, way, next);
}

/** What takes one byte in one way at most; undefined for what may take more, or in several ways. */
function compileUnit(element: AST.Element, way: Way): Go | undefined {
  if (isByte(element)) return createTest(bytesOf(element, way.ignoreCase), way);
  if (element.type !== 'Group' || way.isBackward) return undefined;
  const firsts = element.alternatives.flatMap(({ elements: [first] }) => (first && isByte(first) ? [first] : []));
  const sets = firsts.map((first) => bytesOf(first, way.ignoreCase));
  const areDisjoint = sets.every((set, index) => !sets.some((other, at) => at < index && hasOverlap(set, other)));
  const haveNoMore = element.alternatives.every(({ elements: [, ...rest] }) => rest.every(isAssertion));
  if (firsts.length < element.alternatives.length || !areDisjoint || !haveNoMore) return undefined;
  const ways = element.alternatives.map(({ elements }) => compileSequence(elements, way, () => true));
  return (at) => {
    // Every way is tried where what follows fails, so every way is counted.
    let isTaken = false;
    for (const take of ways) {
      count(way.state);
      isTaken = take(at) || isTaken;
    }
    return isTaken;
  };
}

function isByte(element: AST.Element): element is AST.Character | AST.CharacterSet | AST.CharacterClass {
  return element.type === 'Character' || element.type === 'CharacterSet' || element.type === 'CharacterClass';
}

function isAssertion(element: AST.Element): boolean {
  return element.type === 'Assertion';
}

interface Onward {
  readonly way: Way;
  readonly next: Go;
}

/** Single bytes, repeated: no call of its own for each. */
function compileRun({ min, max, greedy }: AST.Quantifier, accepts: Go, { way, next }: Onward): Go {
  const step = way.isBackward ? -1 : 1;
  const advance = (at: number, taken: number, most: number): number => {
    let length = taken;
    while (length < most && accepts(at + length * step)) length++;
    return length;
  };
  const tryRest: Go = (at) => {
    count(way.state);
    return next(at);
  };
  if (greedy) {
    return (at) => {
      for (let length = advance(at, 0, max); length >= min; length--) if (tryRest(at + length * step)) return true;
      return false;
    };
  }
  return (at) => {
    let length = advance(at, 0, min);
    while (length >= min && length <= max) {
      if (tryRest(at + length * step)) return true;
      if (length === max || advance(at, length, length + 1) === length) return false;
      length++;
    }
    return false;
  };
}

function compileLoop({ min, max, greedy, element }: AST.Quantifier, way: Way, next: Go): Go {
  let rounds = 0;
  let begun = -1;
  // Whoever comes back on another way finds the loop as it was left.
  const keep = (round: number, from: number, then: () => boolean): boolean => {
    const before = [rounds, begun] as const;
    [rounds, begun] = [round, from];
    const isMatch = then();
    [rounds, begun] = before;
    return isMatch;
  };
  const again: Go = (at) => {
    count(way.state);
    // A round beyond the necessary ones that has taken nothing would go round for ever.
    if (rounds > min && at === begun) return false;
    const enter = (): boolean => rounds < max && keep(rounds + 1, at, () => body(at));
    const leave = (): boolean => rounds >= min && next(at);
    return greedy ? enter() || leave() : leave() || enter();
  };
  const body = compileElement(element, way, again);
  return (at) => keep(0, -1, () => again(at));
}

const WORD = bytesMatching(/\w/);

function compileAssertion(node: AST.Assertion, way: Way, next: Go): Go {
  const { state } = way;
  if (node.kind === 'lookahead' || node.kind === 'lookbehind') {
    const isBackward = node.kind === 'lookbehind';
    const holds = compileChoice(node.alternatives, { ...way, isBackward }, () => true);
    return (at) => holds(at) !== node.negate && next(at);
  }
  const holds = createPlaceTest(node, state);
  return (at) => {
    count(state);
    return holds(at) && next(at);
  };
}

function createPlaceTest(node: Exclude<AST.Assertion, AST.LookaroundAssertion>, state: State): Go {
  if (node.kind === 'start') return (at) => at === 0;
  if (node.kind === 'end') return (at) => at === state.text.length;
  const isWord = (at: number): boolean => {
    const byte = state.text.charCodeAt(at);
    return byte < 256 && hasByte(WORD, byte);
  };
  const negate = node.kind === 'word' && node.negate;
  return (at) => (isWord(at - 1) !== isWord(at)) !== negate;
}
