import { decisionOn } from "./decide-act.js";
import { byId, cell, element } from "./element.js";
import { startExpanding } from "./expand.js";
import { factList } from "./fact-list.js";
import { keepCards } from "./keep-cards.js";
import { isOwn, mayDecide } from "./oversight-rules.js";
import { sendJson } from "./request.js";
import { parametersOf } from "./show-parameters.js";
import { state } from "./state.js";
import { strings } from "./strings.js";
import { dateAndTime } from "./time.js";

const words = strings.acts;
const MOST = 100;
const kindOf = (act) => state.oversight.kinds.find(({ kind }) => kind === act.kind);
const titleOf = (act) => words.kinds[act.kind] ?? act.kind;
const roleName = (role) => strings.account.roleNames[role] ?? role;

function whoDecides(act) {
  const approvers = kindOf(act)?.approvers ?? [];
  return approvers.length ? element("p", { class: "soft" }, words.waitsFor(approvers.map(roleName))) : null;
}

function card(act) {
  const own = isOwn(act.requestedBy, state.account);
  const decides = mayDecide(act, state.oversight.kinds, state.account);
  const id = `act-${act.id}`;
  return element(
    "article",
    { class: "card", "data-id": act.id, "data-testid": "act", "data-kind": act.kind, "aria-labelledby": id },
    element("h3", { id }, titleOf(act)),
    factList([
      ...parametersOf(act, kindOf(act)),
      [words.reason, act.reason],
      [words.requestedBy, act.requestedBy],
      [words.requestedAt, dateAndTime(act.requestedAt)],
      [words.expiresAt, dateAndTime(act.expiresAt)],
    ]),
    decides ? null : whoDecides(act),
    own || decides ? decisionOn(act, titleOf(act), own) : null,
    element("p", { id: `${id}-problem`, class: "problem", role: "alert", "data-testid": "decision-problem" }),
  );
}

function show() {
  keepCards(byId("acts"), state.oversight.acts, card);
  byId("acts-empty").hidden = Boolean(state.oversight.acts.length);
  decided.refresh();
}

function row(act) {
  return element(
    "tr",
    { "data-testid": "decided-act", "data-kind": act.kind, "data-state": act.state },
    element("th", { scope: "row" }, titleOf(act), factList([...parametersOf(act, kindOf(act)), [words.reason, act.reason]])),
    cell(words.requestedBy, act.requestedBy),
    cell(words.state, words.states[act.state] ?? act.state),
    cell(words.decidedBy, act.decidedBy ?? strings.oversight.none),
    cell(words.decidedAt, act.decidedAt ? dateAndTime(act.decidedAt) : strings.oversight.none),
  );
}

async function loadDecided() {
  const { acts = [] } = await sendJson(`/api/acts?waiting=false&limit=${MOST}`);
  const rows = acts.filter(({ state: how }) => how !== "requested").map(row);
  byId("decided-acts-body").replaceChildren(...rows);
  byId("decided-acts").hidden = !rows.length;
  byId("decided-acts-empty").hidden = Boolean(rows.length);
}

let decided;

/** Lists the acts that wait for a second person, and on demand those that were decided. */
export function startListingActs() {
  decided = startExpanding("show-decided-acts", "decided-acts-part", "decided-acts-problem", loadDecided);
  state.addEventListener("oversight", show);
}
