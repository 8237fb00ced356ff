import { button, element } from "./element.js";
import { strings } from "./strings.js";

/**
 * Shows what the appliance tells only once, until the reader says that it is kept; then it is gone from the page, and the
 * focus goes to `next`.
 */
export function showOnce(box, heading, next, ...content) {
  const title = element("h3", { tabindex: "-1" }, heading);
  const done = button(strings.once.done, { class: "second", "data-testid": "shown-once-done" }, () => {
    box.replaceChildren();
    box.hidden = true;
    next.focus();
  });
  box.replaceChildren(title, ...content, done);
  box.hidden = false;
  title.focus();
}
