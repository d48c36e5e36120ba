// Characters that would hide, reorder or break text of which we do not know the author:
// controls, zero-width and direction marks, line separators, tags, the byte order mark.
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- making control characters visible is the purpose
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

export type Piece = { is: "plain"; text: string } | { is: "escape"; text: string };

function escape(character: string): string {
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === "\t") return "\\t";
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\u{${code.toString(16)}}`;
}

/** The text in pieces, every hidden character as an escape that can be seen. */
export function pieces(text: string): Piece[] {
  const result: Piece[] = [];
  let rest = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > rest) result.push({ is: "plain", text: text.slice(rest, match.index) });
    result.push({ is: "escape", text: escape(match[0]) });
    rest = match.index + match[0].length;
  }
  if (rest < text.length) result.push({ is: "plain", text: text.slice(rest) });
  return result;
}

/** The text with every hidden character written out, for names and titles where no markup can stand. */
export function visible(text: string): string {
  return text.replace(HIDDEN, escape);
}
