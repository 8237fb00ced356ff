import { byId, cell, element } from "./element.js";
import { startExpanding } from "./expand.js";
import { factList } from "./fact-list.js";
import { keepCards } from "./keep-cards.js";
import { isOverdue, isOwn } from "./oversight-rules.js";
import { sendJson } from "./request.js";
import { reviewForm } from "./review-emergency.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { dateAndTime } from "./time.js";

const words = strings.reviews;
const none = strings.oversight.none;
let reviewed;

function reviewBy(emergency, now) {
  const late = element("strong", { class: "overdue", "data-testid": "overdue" }, words.overdue);
  return element("span", {}, dateAndTime(emergency.reviewBy), ...(isOverdue(emergency, now) ? [" ", late] : []));
}

async function showQuestions(emergency, place) {
  place.replaceChildren(none);
  const { questions, destroyedQuestions } = await sendJson(`/api/emergencies/${encodeURIComponent(emergency.id)}`);
  if (!questions) return;
  const items = questions.map(({ number, askedAt }) => element("li", {}, element("a", { href: `#review/${number}` }, words.question(number, dateAndTime(askedAt)))));
  const gone = destroyedQuestions ? [element("p", {}, words.destroyedQuestions(destroyedQuestions))] : [];
  place.replaceChildren(items.length ? element("ul", {}, ...items) : element("p", {}, words.noQuestions), ...gone);
}

/** Fetched when they are asked for: not every review needs them. */
function questions(emergency) {
  const place = element("div", { "data-testid": "emergency-questions" });
  const open = ({ target }) => target.open && showQuestions(emergency, place).catch((error) => place.replaceChildren(error.message));
  return element("details", { on: { toggle: open } }, element("summary", {}, words.questions), place);
}

function card(emergency) {
  const now = Date.now();
  const id = `emergency-${emergency.id}`;
  const over = Date.parse(emergency.endsAt) <= now;
  return element(
    "article",
    { class: "card", "data-id": emergency.id, "data-testid": "to-review", "data-collection": emergency.collection, "aria-labelledby": id },
    element("h3", { id }, words.title(emergency.person, emergency.collection)),
    factList([
      [words.reason, emergency.reason ?? (emergency.destroyed ? words.destroyed : none)],
      [words.opened, dateAndTime(emergency.openedAt)],
      [over ? words.ended : words.ends, dateAndTime(emergency.endsAt)],
      [words.reviewBy, reviewBy(emergency, now)],
    ]),
    questions(emergency),
    isOwn(emergency.person, state.account) ? element("p", { class: "soft" }, words.own) : reviewForm(emergency),
  );
}

function row(emergency) {
  return element(
    "tr",
    { "data-testid": "reviewed" },
    element("th", { scope: "row" }, words.title(emergency.person, emergency.collection)),
    cell(words.opened, dateAndTime(emergency.openedAt)),
    cell(words.verdict, words.verdicts[emergency.verdict] ?? none),
    cell(words.reviewer, emergency.reviewer ?? none),
    cell(words.reviewedAt, emergency.reviewedAt ? dateAndTime(emergency.reviewedAt) : none),
    cell(words.remarkMade, emergency.remark || none),
  );
}

async function loadReviewed() {
  const { emergencies = [] } = await sendJson("/api/emergencies/reviewed");
  byId("reviewed-body").replaceChildren(...emergencies.map(row));
  byId("reviewed").hidden = !emergencies.length;
  byId("reviewed-empty").hidden = Boolean(emergencies.length);
}

function show() {
  keepCards(byId("to-review"), state.oversight.emergencies, card);
  byId("to-review-empty").hidden = Boolean(state.oversight.emergencies.length);
  reviewed.refresh();
}

/** Lists the emergencies that wait for a review, the most urgent first, and on demand those that were reviewed. */
export function startListingReviews() {
  reviewed = startExpanding("show-reviewed", "reviewed-part", "reviewed-problem", loadReviewed);
  state.addEventListener("oversight", show);
}
