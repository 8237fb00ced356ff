import { byId } from "./element.js";

/** A part of the page that is fetched and shown on demand; `refresh` fetches it anew where it is shown. */
export function startExpanding(buttonId, partId, problemId, load) {
  const control = byId(buttonId);
  const part = byId(partId);

  async function refresh() {
    if (part.hidden) return;
    try {
      await load();
      byId(problemId).textContent = "";
    } catch (error) {
      byId(problemId).textContent = error.message;
    }
  }

  control.addEventListener("click", () => {
    part.hidden = !part.hidden;
    control.setAttribute("aria-expanded", String(!part.hidden));
    refresh();
  });
  return { refresh };
}
