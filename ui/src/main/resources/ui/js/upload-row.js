import { button, element } from "./element.js";
import { strings } from "./strings.js";

/** The line that shows how one file fares. */
export class UploadRow {
  #words = element("span", { class: "state", "data-testid": "upload-state" }, strings.upload.waiting);
  #bar;
  #path;

  constructor(path) {
    this.#path = path;
    this.#bar = element("progress", { max: 100, value: 0, "aria-label": strings.upload.progress(path) });
    const name = element("span", { class: "path" }, path);
    this.element = element("li", { "data-testid": "upload", "data-path": path }, name, this.#bar, this.#words);
  }

  sending(percent) {
    this.#bar.value = percent;
    this.#say("sending", strings.upload.sending(percent));
  }

  job(job) {
    if (!job) return this.#say("disconnected", strings.upload.disconnected);
    this.#bar.hidden = ["ready", "duplicate", "failed"].includes(job.state);
    this.#bar.removeAttribute("value"); // How long reading takes is not known.
    if (job.state === "failed") return this.failed(job.reason);
    const done = job.state === "ready" && strings.upload.ready(job.pages, job.passages ?? 0);
    this.#say(job.state, done || (strings.upload.states[job.state] ?? job.state));
  }

  failed(reason, retry) {
    this.#bar.hidden = true;
    this.#say("failed", strings.upload.failed(reason || strings.upload.noReason));
    if (!retry) return;
    const label = strings.upload.retryLabel(this.#path);
    const again = button(strings.upload.retry, { class: "plain", "aria-label": label }, () => {
      again.remove();
      this.#bar.hidden = false;
      retry();
    });
    this.element.append(again);
  }

  #say(state, text) {
    this.element.dataset.state = state;
    this.#words.textContent = text;
  }
}
