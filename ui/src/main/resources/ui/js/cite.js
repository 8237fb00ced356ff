import { button, element } from "./element.js";
import { openPassage } from "./open-passage.js";
import { place, titleOf } from "./place.js";
import { standingMarks } from "./standing.js";
import { strings } from "./strings.js";

/** The button [n] that opens the cited passage. */
export function citationButton(citation) {
  const label = strings.passage.cite(citation.n, titleOf(citation), place(citation));
  const attributes = { class: "cite", "aria-label": label, title: label, "aria-haspopup": "dialog", "data-testid": `cite-${citation.n}` };
  const made = button(`[${citation.n}]`, attributes, () => openPassage(citation, made));
  return made;
}

/** All of it, or what lists show of it. */
function quoted({ quote, excerpt = [{ text: quote }] }) {
  return excerpt.map(({ text, found }) => (found ? element("mark", {}, text) : text));
}

function item(citation, index) {
  const numbered = { ...citation, n: citation.n ?? index + 1 };
  const where = element("span", { class: "soft" }, place(numbered));
  const quote = numbered.quote ? element("q", { class: numbered.excerpt && "excerpted" }, ...quoted(numbered)) : null;
  return element("li", {}, citationButton(numbered), element("div", {}, element("strong", {}, titleOf(numbered)), " ", where, ...standingMarks(numbered.standing), quote));
}

/** A headed list of passages, each with its button. */
export function citationList(heading, citations, testId) {
  const list = element("ul", { class: "sources", role: "list" }, ...citations.map(item));
  return element("section", { "data-testid": testId }, element("h3", {}, heading), list);
}
