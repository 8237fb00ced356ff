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
      byId(problemId).textContent = error.message;
      const field = error instanceof Unfit && byId(error.field);
      if (field) {
        field.setAttribute("aria-invalid", "true");
        field.focus();
      }
    } finally {
      running = false;
    }
  };
}

/** Does what a form is for when it is submitted, see `once`. */
export function onSubmit(formId, problemId, work) {
  const form = byId(formId);
  form.addEventListener("submit", once(problemId, () => {
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    return work();
  }));
}
