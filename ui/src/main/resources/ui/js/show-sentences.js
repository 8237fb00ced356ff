import { citationButton } from "./cite.js";
import { element } from "./element.js";
import { strings } from "./strings.js";

const MARKER = /(\s*\[\d+\])/;

/** The text of a sentence with each [n] turned into a button; sources that the text does not name follow it. */
function withButtons({ text, citations = [] }, byNumber) {
  const named = new Set();
  const parts = text.split(MARKER).map((part) => {
    const number = Number(/\[(\d+)\]/.exec(part)?.[1]);
    if (!byNumber.has(number) || !MARKER.test(part)) return part;
    named.add(number);
    return citationButton(byNumber.get(number));
  });
  const rest = citations.filter((number) => byNumber.has(number) && !named.has(number));
  return [...parts, ...rest.map((number) => citationButton(byNumber.get(number)))];
}

function sentenceElement(sentence, byNumber) {
  const content = withButtons(sentence, byNumber);
  const lines = sentence.headingRow ? { class: "labels" } : sentence.text.includes("\n") ? { class: "lines" } : {};
  if (sentence.supported) return element("span", { ...lines, "data-testid": "sentence" }, ...content, " ");
  const mark = element("span", { class: "unsupported-label" }, strings.answer.unsupported);
  return element("span", { "data-testid": "unsupported" }, element("span", { class: "unsupported" }, ...content), " ", mark, " ");
}

/** The sentences of an answer; where the appliance gave none, the answer as it stands. */
export function sentencesOf({ answer, sentences, citations }) {
  const byNumber = new Map(citations.map((citation) => [citation.n, citation]));
  const all = sentences?.length ? sentences : [{ text: answer, supported: true }];
  return element("p", { class: "text", "data-testid": "answer-text" }, ...all.map((one) => sentenceElement(one, byNumber)));
}
