import { byId, element } from "./element.js";
import { reviews } from "./oversight-rules.js";
import { state } from "./state.js";
import { strings } from "./strings.js";

const words = strings.evidence;

/** Shows the evidence to compliance officers, and others why they may not see it. */
export function startShowingEvidence() {
  state.addEventListener("account", () => {
    const has = state.account.person.roles.includes("compliance-officer");
    const counts = reviews(state.account);
    byId("view-evidence-link").hidden = !has;
    byId("evidence-parts").hidden = !counts;
    byId("evidence-notice").hidden = counts;
    const remedy = element("p", {}, element("a", { href: "#account" }, strings.oversight.toAccount));
    byId("evidence-notice").replaceChildren(element("p", {}, has ? words.noSecondFactor : words.noRole), ...(has ? [remedy] : []));
  });
}
