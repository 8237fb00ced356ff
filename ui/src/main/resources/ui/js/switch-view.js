import { byId } from "./element.js";
import { state } from "./state.js";

const VIEWS = ["ask", "documents", "oversight", "account"];
const WITHOUT_COLLECTION = ["oversight", "account"];

function show() {
  const wanted = location.hash.slice(1);
  const chosen = VIEWS.includes(wanted) ? wanted : "ask";
  for (const view of VIEWS) {
    byId(`view-${view}`).hidden = view !== chosen;
    byId(`view-${view}-link`).toggleAttribute("aria-current", view === chosen);
    if (view === chosen) byId(`view-${view}-link`).setAttribute("aria-current", "page");
  }
  byId("what-is-asked").hidden = WITHOUT_COLLECTION.includes(chosen);
  state.view = chosen;
}

/** Shows the part of the page that the address names after #. */
export function startViews() {
  addEventListener("hashchange", show);
  show();
}
