import { byId } from "./element.js";
import { state } from "./state.js";

const VIEWS = ["ask", "documents", "oversight", "review", "retention", "proof", "account"];
const EVIDENCE = ["review", "retention", "proof"];
const WITHOUT_COLLECTION = ["oversight", "account", ...EVIDENCE];

function mark(link, current) {
  if (current) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

/** What stands behind the name of a view, such as 17 in #review/17, is that view's matter. */
function show() {
  const [wanted, ...place] = location.hash.slice(1).split("/");
  const chosen = VIEWS.includes(wanted) ? wanted : "ask";
  for (const view of VIEWS) {
    byId(`view-${view}`).hidden = view !== chosen;
    mark(byId(`view-${view}-link`), view === chosen);
  }
  byId("evidence").hidden = !EVIDENCE.includes(chosen);
  mark(byId("view-evidence-link"), EVIDENCE.includes(chosen));
  byId("what-is-asked").hidden = WITHOUT_COLLECTION.includes(chosen);
  state.place = place;
  state.view = chosen;
}

/** Shows the part of the page that the address names after #. */
export function startViews() {
  addEventListener("hashchange", show);
  show();
}
