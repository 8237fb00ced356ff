import { cell, element } from "./element.js";
import { factList } from "./fact-list.js";
import { compareForm } from "./compare-questions.js";
import { replays } from "./replay-question.js";
import { signOff } from "./sign-off.js";
import { entriesOf, receiptOf } from "./show-entries.js";
import { strings } from "./strings.js";
import { dateAndTime } from "./time.js";

const words = strings.record;
const ENDS = ["answered", "abstained", "refused", "failed", "cancelled", "interrupted"];
const said = (label, text) => (text == null || text === "" ? [] : [[label, String(text)]]);
const part = (heading, ...content) => element("section", { class: "part" }, element("h2", {}, heading), ...content);
const destroyed = () => element("p", { class: "notice" }, words.destroyed);

function asked(entry) {
  const { question, collection, purpose, reference } = entry.sealed ?? {};
  return part(
    words.asked,
    entry.sealed ? element("p", { class: "text", "data-testid": "record-question" }, question ?? strings.evidence.none) : destroyed(),
    factList([
      [words.who, entry.person ?? entry.actor],
      [words.when, dateAndTime(entry.time)],
      ...said(words.collection, collection),
      ...said(words.purpose, strings.purpose.names[purpose] ?? purpose),
      ...said(words.reference, reference),
    ]),
  );
}

/** Paths by id of those documents that the answer cites; of others the record has the id alone. */
const pathsOf = (end) => Object.fromEntries((end?.sealed?.citations ?? []).map(({ document, path }) => [document, path]));

function hitRow(hit, index, paths) {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, String(index + 1)),
    cell(words.document, element("span", { class: "id" }, paths[hit.document] ?? hit.document)),
    cell(words.passage, hit.passage),
    cell(words.score, Number(hit.ranked ?? hit.fused).toFixed(4)),
  );
}

function hitTable(hits, paths) {
  const heads = [words.rank, words.document, words.passage, words.score].map((text) => element("th", { scope: "col" }, text));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", {}, ...hits.map((hit, index) => hitRow(hit, index, paths))));
  return element("details", { "data-testid": "record-hits" }, element("summary", {}, words.hits(hits.length)), table);
}

function found(entry, paths) {
  const { hits = [], quotes = [], understood = [] } = entry.sealed ?? {};
  const notes = understood.map(({ text, effect }) => element("li", {}, [text, effect].filter(Boolean).join(": ")));
  const chosen = quotes.map(({ text }) => element("li", {}, element("q", {}, text)));
  return [
    ...(entry.sealed ? [] : [destroyed()]),
    ...(notes.length ? [element("ul", {}, ...notes)] : []),
    ...(chosen.length ? [element("h3", {}, words.quotes), element("ul", {}, ...chosen)] : []),
    ...(entry.sealed ? [hits.length ? hitTable(hits, paths) : element("p", {}, words.nothingFound)] : []),
    factList([...said(words.index, entry.leaf.generation), ...said(words.policyVersion, entry.leaf.policyVersion)]),
  ];
}

function sentence({ text, supported, citations = [] }) {
  const marks = supported === false ? { class: "unsupported" } : {};
  const label = supported === false ? [" ", element("span", { class: "unsupported-label" }, words.unsupported)] : [];
  return element("li", {}, element("span", marks, text), citations.map((n) => ` [${n}]`).join(""), ...label);
}

function answerOf({ answer, sentences = [], citations = [], withheld }) {
  const text = sentences.length ? element("ul", { class: "plain-list" }, ...sentences.map(sentence)) : element("p", { class: "text" }, answer || words.noAnswer);
  const cited = citations.map(({ n, path, page, quote }) => element("li", {}, words.cited(n, path, page), quote ? element("q", { class: "quote" }, quote) : null));
  const left = Array.isArray(withheld) ? withheld.length : 0;
  return [
    element("div", { "data-testid": "record-answer" }, text),
    ...(left ? [element("p", {}, words.withheld(left))] : []),
    ...(cited.length ? [element("h3", {}, words.citations), element("ul", { class: "plain-list" }, ...cited)] : []),
  ];
}

function answered(entry) {
  if (!entry) return part(words.answered, element("p", {}, words.notEnded));
  return part(
    words.answered,
    ...(entry.sealed ? answerOf(entry.sealed) : [destroyed()]),
    factList([
      [words.outcome, strings.evidence.types[entry.type]],
      [words.ended, dateAndTime(entry.time)],
      ...said(words.code, entry.leaf.reason),
      ...said(words.model, entry.leaf.model),
    ]),
  );
}

/** A question with all that is on record of it, and what an officer can do with it; of another act, its entries. */
export function showRecord({ number, entries = [], reviews = [] }) {
  const heading = (text) => element("h1", { tabindex: "-1", "data-testid": "record-heading" }, text);
  const first = entries.find(({ type }) => type === "asked");
  if (!first) return [heading(words.actHeading(number)), entriesOf(entries)];
  const searches = entries.filter(({ type }) => type === "retrieved");
  const end = entries.find(({ type }) => ENDS.includes(type));
  return [
    heading(words.heading(number)),
    asked(first),
    part(words.retrieved, ...(searches.length ? searches.flatMap((entry) => found(entry, pathsOf(end))) : [element("p", {}, words.noSearch)])),
    answered(end),
    ...(end ? [signOff(number, reviews), replays(number), receiptOf(number)] : []),
    compareForm(number),
    entriesOf(entries),
  ];
}
