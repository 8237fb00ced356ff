// Lists have room for a few lines of a passage: those where the words of the search stand.

const WINDOW = 240;
const BACK = 80;
const MOST = 400;

/** Where most different words stand close together, the first such place; 0 where there are none. */
function densest(text, spans) {
  const wordOf = ({ start, end }) => text.slice(start, end).toLowerCase();
  const near = ({ start }) => new Set(spans.filter((other) => other.start >= start && other.start < start + WINDOW).map(wordOf)).size;
  return spans.reduce((best, span) => (near(span) > near(best) ? span : best), spans[0] ?? { start: 0 }).start;
}

/** The beginning of the sentence or line around a place, or of a word before it where that is far. */
function beginning(text, place) {
  const before = text.slice(0, place);
  const ends = [...before.matchAll(/[.!?:]\s+|\n\s*/g)].map(({ index, 0: end }) => index + end.length);
  const start = ends.at(-1) ?? 0;
  return place - start <= BACK ? start : before.lastIndexOf(" ", place - BACK) + 1;
}

/** Without empty lines; lines stay apart, since a line may be the row of a table. */
function dense(text) {
  return text.replace(/\s*\n\s*/g, "\n").replace(/[^\S\n]+/g, " ");
}

/** The words of a hit around most that was searched for, as pieces of text; `found` are those of the search. */
export function excerptOf({ text, highlights }) {
  const spans = [...(highlights ?? [])].sort((one, other) => one.start - other.start);
  const from = beginning(text, densest(text, spans));
  const pieces = from > 0 ? [{ text: "… " }] : [];
  let at = from;
  for (const { start, end } of spans) {
    if (start < at || start > from + MOST) continue;
    pieces.push({ text: text.slice(at, start) }, { text: text.slice(start, end), found: true });
    at = end;
  }
  const until = from + MOST < text.length ? Math.max(at, text.lastIndexOf(" ", from + MOST)) : text.length;
  pieces.push({ text: text.slice(at, until) + (until < text.length ? " …" : "") });
  return pieces.map((piece) => ({ ...piece, text: dense(piece.text) })).filter((piece) => piece.text);
}
