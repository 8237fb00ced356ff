import { byId } from "./element.js";
import { reviews } from "./oversight-rules.js";
import { state } from "./state.js";

/**
 * Does some work whenever a view of the evidence comes up for somebody who may see it, and shows in the paragraph of this id
 * what went wrong. The account may be known only after the view.
 */
export function whenShown(view, problemId, work) {
  async function look() {
    if (state.view !== view || !state.account || !reviews(state.account)) return;
    try {
      await work();
      byId(problemId).textContent = "";
    } catch (error) {
      byId(problemId).textContent = error.message;
    }
  }
  state.addEventListener("view", look);
  state.addEventListener("account", look);
  return look;
}
