// The shape of "some literal assigned to a name", in the syntaxes of code, configuration, markup and commands.
// Generic rules use it: they know the name, and nothing of the value.
import { COMPILE_ONCE } from './compile-once.ts';

const QUOTE = '(?:\\\\{0,3}["\'`]|&#3[49];|&quot;)';
const OPENING = `(?:"""|'''|\`\`|\`\`\`|${QUOTE})`;
// What follows begins with no character of a name: so it is compiled once (see COMPILE_ONCE), and tried once.
const NAME_TAIL = '[\\w.$-]{0,40}(?=[^\\w.$-])';
const CLOSE = `${QUOTE}?[\\])]?`;
const TYPE = '(?:\\s?:\\s?[A-Za-z][\\w.]{0,24}(?=\\s?=))?';
const SIGN = '(?:\\+?={1,3}>?|!={1,2}|:=|::?|\\?\\?=|\\|\\|=?|<-|~>|\\|)';
// `String("…")`, `new Password("…")`, `unhexlify('…')`, and lists.
const CALL = '(?:(?:new )?[A-Za-z_][\\w.:]{0,40}[(\\[{][ \\t]{0,4})?[(\\[{]?';
const PREFIX = '[bBfFrRuU@$]{0,2}';

const BEFORE_QUOTED = [
  `(?:,\\s{0,60}|\\s{1,60})["']?value["']?\\s?[:=]\\s{0,3}`, // name and value side by side
  `[ \\t]{0,40}(?:${SIGN}|,)\\s{0,40}${CALL}`,
  `[ \\t]{0,3}\\(\\s{0,40}${CALL}`,
  '[ \\t]{1,8}', // SQL, and languages whose calls need no brackets
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
