import { byId } from "./element.js";

/** Which documents a question looks at, as the reader chose: null where it is what is in force today. */
export function chosenScope() {
  const on = byId("scope-on").value;
  const past = byId("scope-past").checked;
  if (!on && !past) return null;
  return { ...(on && { on }), ...(past && { standings: ["in-force", "superseded", "expired"] }) };
}
