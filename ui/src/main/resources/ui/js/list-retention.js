import { announce } from "./announcer.js";
import { byId, cell, element } from "./element.js";
import { send, sendJson } from "./request.js";
import { strings } from "./strings.js";
import { once } from "./submit-form.js";
import { dateAndTime } from "./time.js";
import { whenShown } from "./when-shown.js";

const words = strings.retention;

function row({ of, collection, days, setAt, due, more }) {
  return element(
    "tr",
    { "data-testid": "rule", "data-of": of },
    element("th", { scope: "row" }, words.classes[of] ?? of),
    cell(words.collection, element("span", { class: "id" }, collection || words.allOthers)),
    cell(words.days, words.inDays(days)),
    cell(words.setAt, dateAndTime(setAt)),
    cell(words.due, words.dueCount(due, more, of)),
  );
}

async function refresh() {
  const rules = (await sendJson("/api/retention/due")).rules ?? [];
  byId("rules-body").replaceChildren(...rules.map(row));
  byId("rules").hidden = !rules.length;
  byId("retention-empty").hidden = Boolean(rules.length);
  byId("dispose").hidden = !rules.length;
}

function ask(asking) {
  byId("dispose-question").hidden = !asking;
  byId("dispose-offer").hidden = asking;
  byId(asking ? "dispose-not" : "dispose").focus();
}

/** No time limit: years of payloads may be due at once. */
async function dispose() {
  const { payloads, shards } = await (await send("/api/retention/dispose", { method: "POST" })).json();
  const said = words.disposed(payloads, shards);
  ask(false);
  byId("disposed").textContent = said;
  announce(said);
  await refresh();
}

/** Lists how long what is kept and how much of it is due, and lets an officer dispose of that now. */
export function startListingRetention() {
  whenShown("retention", "retention-problem", refresh);
  byId("dispose").addEventListener("click", () => ask(true));
  byId("dispose-not").addEventListener("click", () => ask(false));
  byId("dispose-indeed").addEventListener("click", once("retention-problem", dispose));
}
