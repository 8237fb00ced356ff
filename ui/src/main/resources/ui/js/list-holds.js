import { askRelease } from "./ask-release.js";
import { byId, element } from "./element.js";
import { isPast, releaseOf } from "./evidence-rules.js";
import { factList } from "./fact-list.js";
import { sendJson } from "./request.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { date, dateAndTime } from "./time.js";
import { whenShown } from "./when-shown.js";

const words = strings.holds;
let holds = [];

/** What is held, in words. */
const titleOf = ({ kind, value }) => words.title(words.kinds[kind] ?? kind, value);

function reviewOn(hold) {
  const late = element("strong", { class: "overdue", "data-testid": "hold-overdue" }, words.overdue);
  return element("span", {}, date(hold.reviewOn), ...(isPast(hold.reviewOn, new Date()) ? [" ", late] : []));
}

function asked(act) {
  const link = element("a", { href: "#oversight" }, words.toOversight);
  return element("p", { "data-testid": "release-asked" }, words.releaseAsked(act.requestedBy), " ", link);
}

function card(hold) {
  const act = releaseOf(hold, state.oversight?.acts ?? []);
  const id = `hold-${hold.id}`;
  return element(
    "article",
    { class: "card", "data-testid": "hold", "data-kind": hold.kind, "data-value": hold.value, "aria-labelledby": id },
    element("h2", { id }, titleOf(hold)),
    factList([
      [words.reason, hold.reason],
      [words.reviewOn, reviewOn(hold)],
      [words.placedAt, dateAndTime(hold.placedAt)],
      [words.number, element("a", { href: `#review/${hold.number}` }, String(hold.number))],
    ]),
    act ? asked(act) : askRelease(hold, titleOf(hold)),
  );
}

function show() {
  byId("holds").replaceChildren(...holds.map(card));
  byId("holds-empty").hidden = Boolean(holds.length);
}

/** Fetches anew what is held. */
export async function refreshHolds() {
  holds = (await sendJson("/api/holds")).holds ?? [];
  show();
}

/** Lists the holds, with those who asked for the release of one. */
export function startListingHolds() {
  whenShown("retention", "holds-problem", refreshHolds);
  // What somebody types here is lost where the card is made anew; it is, where an act came or went.
  let known = "";
  state.addEventListener("oversight", () => {
    const acts = state.oversight.acts.filter(({ kind }) => kind === "release-hold").map(({ id }) => id).join();
    if (acts !== known) show();
    known = acts;
  });
}
