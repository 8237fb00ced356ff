import { announce } from "./announcer.js";
import { abstentionOf, notesOf } from "./answer-notes.js";
import { citationList } from "./cite.js";
import { element } from "./element.js";
import { receiptOf } from "./show-receipt.js";
import { sentencesOf } from "./show-sentences.js";
import { strings } from "./strings.js";

const words = strings.answer;

function showAnswered(body, answer, streamed) {
  const notes = notesOf(answer, words);
  body.append(
    element("h3", { "data-testid": "outcome" }, words.answered),
    sentencesOf(answer),
    ...notes.map(({ kind, text }) => element("p", { class: "notice bad", role: "note", "data-testid": kind }, text)),
    ...(answer.conflicts ?? []).map(conflictOf),
    ...(answer.citations.length ? [citationList(words.sources, answer.citations, "sources")] : []),
  );
  notes.forEach(({ text }) => announce(text));
  if (answer.conflicts?.length) announce(words.conflictText);
  announce(strings.spoken.final(answer.citations.length));
  // A reader who was spoken the provisional text must hear where the final one differs.
  if (streamed.trim() !== answer.answer.trim()) announce(strings.spoken.finalText(answer.answer));
}

/** Which of two documents holds is for a person to say: both are shown as they stand. */
export function conflictOf({ one, other, difference }) {
  const heading = element("h3", {}, words.conflict);
  const told = element("p", {}, words.conflictText, " ", element("span", { class: "soft" }, difference));
  return element("div", { class: "notice warn", role: "note", "data-testid": "conflict" }, heading, told, citationList(words.conflictSides, [one, other], "conflict-sides"));
}

function showAbstained(body, answer) {
  const nearest = answer.nearest ?? [];
  const text = abstentionOf(answer, words);
  body.append(
    element("div", { class: "notice calm" }, element("h3", { "data-testid": "outcome" }, words.abstained), element("p", {}, text)),
    ...(nearest.length ? [citationList(words.nearest, nearest, "nearest")] : []),
  );
  announce(`${words.abstained}. ${text}`);
}

function showFailure(body, answer, title, remedy) {
  const text = [answer.detail ?? answer.reason ?? answer.answer, remedy].filter(Boolean).join(" ");
  const heading = element("h3", { "data-testid": "outcome" }, title);
  body.append(element("div", { class: "notice bad" }, heading, element("p", { "data-testid": "remedy" }, text)));
  announce(`${title}. ${text}`);
}

/** What was read into the question beside its words, and what that did to the search. */
export function understoodOf({ understood = [] }) {
  if (!understood.length) return [];
  const notes = understood.map(({ text, effect }) => element("li", {}, element("strong", {}, text), ` ${effect}`));
  return [element("p", { class: "label" }, words.understood), element("ul", { class: "soft", "data-testid": "understood" }, ...notes)];
}

function origin(answer) {
  const worded = answer.outcome === "answered";
  const parts = [
    worded && answer.mode && (answer.mode === "quote" ? words.quoteMode : words.generateMode),
    worded && answer.model && (answer.mode === "quote" ? words.chosenBy(answer.model) : answer.model),
    answer.timings_ms?.total != null && words.took(answer.timings_ms.total / 1000),
  ];
  return element("p", { class: "soft", "data-testid": "origin" }, parts.filter(Boolean).join(" · "));
}

/** Shows what the final event says, and nothing of what was streamed before. */
export function showFinal(body, answer, streamed) {
  if (answer.outcome === "answered") showAnswered(body, answer, streamed);
  else if (answer.outcome === "abstained") showAbstained(body, answer);
  else if (answer.outcome === "refused") showFailure(body, answer, words.refused, words.refusedText);
  else showFailure(body, answer, words.failed, words.failedText);
  if (answer.demonstrationOnly && answer.outcome === "answered") {
    body.append(element("p", { class: "notice warn", "data-testid": "demonstration-answer" }, words.demonstration));
  }
  body.append(...understoodOf(answer));
  body.append(origin(answer));
  if (answer.receipt) body.append(receiptOf(answer.number));
}
