import { byId } from "./element.js";

/** What a form was filled with does not fit; the sentence says why, and `field` is the id of what it is about. */
export class Unfit extends Error {
  constructor(text, field) {
    super(text);
    this.field = field;
  }
}

/** Does some work once at a time, and shows in the paragraph of this id what went wrong. */
export function once(problemId, work) {
  let running = false;
  return async (event) => {
    event.preventDefault();
    if (running) return;
    running = true;
    byId(problemId).textContent = "";
    try {
      await work();
    } catch (error) {
      if (byId(problemId)) byId(problemId).textContent = error.message; // The part may be gone meanwhile.
      const field = error instanceof Unfit && byId(error.field);
      if (field) {
        field.setAttribute("aria-invalid", "true");
        field.closest("details")?.setAttribute("open", "");
        field.focus();
      }
    } finally {
      running = false;
    }
  };
}

/** A listener for forms that are submitted, see `once`. */
export function submission(problemId, work) {
  const send = once(problemId, work);
  return (event) => {
    for (const field of event.currentTarget.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    return send(event);
  };
}

/** Does what a form is for when it is submitted, see `once`. */
export function onSubmit(formId, problemId, work) {
  byId(formId).addEventListener("submit", submission(problemId, work));
}
