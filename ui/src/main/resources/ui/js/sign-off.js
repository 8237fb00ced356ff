import { announce } from "./announcer.js";
import { byId, element } from "./element.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { submission, Unfit } from "./submit-form.js";
import { dateAndTime } from "./time.js";

const words = strings.signOff;
const PREFIX = "sign-off";
const PROBLEM = "sign-off-problem";
const verdicts = Object.keys(words.verdicts);

function reviewItem(verdict, who, time, remark) {
  const text = strings.record.reviewed(words.verdicts[verdict] ?? verdict, who, time);
  return element("li", { "data-testid": "past-review" }, text, remark ? element("q", { class: "quote" }, remark) : null);
}

function pastReview({ actor, person, time, sealed }) {
  return reviewItem(sealed?.verdict ?? strings.evidence.none, person ?? actor, dateAndTime(time), sealed?.remark);
}

async function send(number, { form, done, past, none }) {
  const verdict = verdicts.find((one) => byId(`${PREFIX}-${one}`).checked);
  if (!verdict) throw new Unfit(words.none, `${PREFIX}-${verdicts[0]}`);
  const remark = byId(`${PREFIX}-remark`).value.trim();
  const { review } = await sendJson(`/api/audit/questions/${number}/reviews`, { method: "POST", json: { verdict, remark } });
  form.reset();
  none.hidden = true;
  past.append(reviewItem(verdict, state.account.person.name, words.now, remark));
  done.textContent = words.done(review);
  announce(words.done(review));
}

function choice(verdict) {
  const id = `${PREFIX}-${verdict}`;
  const attributes = { type: "radio", id, name: PREFIX, value: verdict, required: true, "data-testid": `sign-off-${verdict}` };
  return element("div", { class: "choice" }, element("input", attributes), element("label", { for: id }, words.verdicts[verdict]));
}

function signOffForm() {
  const remark = { id: `${PREFIX}-remark`, rows: 2, maxlength: 1000, autocomplete: "off", "aria-describedby": PROBLEM, "data-testid": "sign-off-remark" };
  return element(
    "form",
    { novalidate: true, "data-testid": "sign-off-form" },
    element("fieldset", { "aria-describedby": PROBLEM }, element("legend", {}, words.verdict), ...verdicts.map(choice)),
    element("div", { class: "field" }, element("label", { for: remark.id }, words.remark), element("textarea", remark)),
    element("p", { id: PROBLEM, class: "problem", role: "alert", "data-testid": "sign-off-problem" }),
    element("button", { type: "submit", "data-testid": "sign-off" }, words.send),
  );
}

/** What was found of a question before, and a form for what this officer finds. */
export function signOff(number, reviews) {
  const form = signOffForm();
  const done = element("p", { role: "status", "data-testid": "sign-off-done" });
  const none = element("p", { hidden: reviews.length > 0 }, strings.record.noReviews);
  const past = element("ul", { class: "plain-list" }, ...reviews.map(pastReview));
  form.addEventListener("submit", submission(PROBLEM, () => send(number, { form, done, past, none })));
  const heading = [element("h3", {}, words.heading), element("p", { class: "soft" }, words.explain)];
  return element("section", { class: "part" }, element("h2", {}, strings.record.reviews), none, past, ...heading, form, done);
}
