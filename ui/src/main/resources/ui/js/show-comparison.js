import { element } from "./element.js";
import { factList } from "./fact-list.js";
import { strings } from "./strings.js";

const words = strings.compare;
const { yes, no, none, types } = strings.evidence;
const yesOrNo = (same) => (same ? yes : no);

function side({ number, question, outcome, answer }) {
  return element(
    "article",
    { class: "card", "data-testid": "compared" },
    element("h2", {}, element("a", { href: `#review/${number}` }, words.side(number))),
    element("p", {}, element("strong", {}, question || none)),
    element("p", { class: "soft" }, types[outcome] ?? none),
    element("p", { class: "answer-text" }, answer || none),
  );
}

const sentencesIn = (items) => element("ul", {}, ...items.map((item) => element("li", {}, item)));
const idsIn = (items) => element("p", {}, items.join(", "));

function shared(heading, { both, onlyOne, onlyOther }, one, other, shown) {
  const parts = [
    [words.both, both],
    [words.only(one), onlyOne],
    [words.only(other), onlyOther],
  ];
  const lists = parts.filter(([, items]) => items?.length).flatMap(([label, items]) => [element("h3", {}, label), shown(items)]);
  return element("section", { class: "part" }, element("h2", {}, heading), ...(lists.length ? lists : [element("p", {}, none)]));
}

/** Two questions beside each other, and what they share. */
export function showComparison({ one, other, sameQuestion, samePolicy, sameIndex, sameModel, hits, sentences }) {
  return [
    element("h1", { tabindex: "-1", "data-testid": "comparison-heading" }, words.heading(one.number, other.number)),
    factList([
      [words.sameQuestion, yesOrNo(sameQuestion)],
      [words.samePolicy, yesOrNo(samePolicy)],
      [words.sameIndex, yesOrNo(sameIndex)],
      [words.sameModel, yesOrNo(sameModel)],
    ]),
    element("div", { class: "beside" }, side(one), side(other)),
    shared(words.sentences, sentences, one.number, other.number, sentencesIn),
    shared(words.hits, hits, one.number, other.number, idsIn),
  ];
}
