// The shape of "some literal assigned to a name", in the syntaxes of code, configuration, markup and commands.
// Generic rules use it: they know the name, and nothing of the value.
import { COMPILE_ONCE } from './compile-once.ts';

const QUOTE = '(?:\\\\{0,3}["\'`]|&#3[49];|&quot;)';
// A quote within quotes stands in what is written into other code: `"\"…\""`.
const OPENING = `(?:"""|'''|\`\`|\`\`\`|${QUOTE}(?:\\\\")?)`;
// What follows begins with no character of a name: so it is compiled once (see COMPILE_ONCE), and tried once.
const NAME_TAIL = '[\\w.$-]{0,40}(?=[^\\w.$-])';
const CLOSE = `${QUOTE}?[\\])]?`;
const SIGN = '(?:\\+?={1,3}>?|!={1,2}|:=|:[:-]?|\\?[?=:]=?|\\|\\|=?|<-|~>|\\|)(?: \\[\\]byte\\()?';
// A type, an array's length or a property's accessors may stand between a name and `=`.
const TYPE = `(?:[ \\t]{0,4}(?:${[
  ":\\s?(?:&(?:'\\w{1,12} )?)?[A-Za-z][\\w.]{0,24}(?:[<[][\\w.]{0,24}[>\\]]|[?!] )?(?: ?\\| ?[A-Za-z]\\w{0,20})?", // TypeScript, Rust …
  '\\[\\w{0,24}\\](?:byte)?', // C, Go
  '\\{ ?get; ?(?:(?:private |protected |internal )?(?:set|init); ?)?\\}', // C#
].join('|')})(?=\\s?=))?`;
// `default="…"` beside a name, or in a call that describes it.
const DEFAULT = '(?:env|dev)?default(?:_?value)?\\s?[:=]\\s{0,3}';
// `String("…")`, `new Password("…")`, `[]byte("…")`, `Field(default="…")`, and lists.
const CALL = `(?:(?:new )?[A-Za-z_][\\w.:]{0,40}[(\\[{][ \\t]{0,4})?(?:[(\\[{] ?)?(?:${DEFAULT})?`;
const PREFIX = '[bBfFrRuUlLnN@$]{0,2}';

const BEFORE_QUOTED = [
  `(?:,\\s{0,60}|\\s{1,60})(?:["']?value["']?\\s?[:=]\\s{0,3}|${DEFAULT})`, // name and value side by side
  `[ \\t]{0,40}(?:${SIGN}|,)\\s{0,40}${CALL}`,
  `[ \\t]{0,3}\\(\\s{0,40}${CALL}`,
  '\\{', // C++
  '[ \\t]{1,8}(?:string = )?', // SQL, languages whose calls need no brackets, types of Go
].join('|');
const BEFORE_BARE = [
  `[ \\t]{0,40}${SIGN}[ \\t]{0,40}`,
  '(?:</key)?>\\s{0,40}(?:<(?:string|value)>\\s{0,8})?', // XML elements, property lists
].join('|');

const QUOTED = '(?<=["\'`])(?:[^"\'`\\\\\\r\\n]|\\\\[^"\'`\\r\\n]){2,400}(?=\\\\{0,3}["\'`])';
// JSON within a string.
const OBJECT = '(?<=["\'`])\\{\\\\{1,3}"[^\'`\\r\\n]{2,300}\\}(?=["\'`])';
const ENTITY = '(?<=;)[^&\\s"\'`]{2,200}(?=&)';
// An `&` ends a value where a further one of a query, or an entity, follows.
const BARE =
  '(?<!["\'`])[^\\s"\'`<>;,(){}\\[\\]\\\\&|](?:[^\\s"\'`<>;,(){}\\[\\]\\\\&]|&(?![\\w.%-]{1,30}[=;])){1,400}(?=[\\s;,<}\\])&"\'`\\\\]|$)';

const LITERAL = [OBJECT, QUOTED, ENTITY, BARE].join('|');

/** What follows the words of a name, up to and including the value: the group `secret`. */
export const LITERAL_ASSIGNMENT: string = `${NAME_TAIL}${CLOSE}${COMPILE_ONCE}${TYPE}(?:(?:${BEFORE_QUOTED})${COMPILE_ONCE}${PREFIX}${OPENING}|(?:${BEFORE_BARE}))(?<secret>${LITERAL})`;
