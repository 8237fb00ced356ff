import { byId, element } from "./element.js";

const KEPT_LINES = 20;

/** Has a screen reader speak a line when it is next idle. */
export function announce(text) {
  const region = byId("announcer");
  region.append(element("p", {}, text));
  while (region.children.length > KEPT_LINES) region.firstChild.remove();
}

/** Gathers streamed text and passes it on a sentence at a time, so that it can be spoken without stutter. */
export class Sentences {
  #rest = "";
  #speak;

  constructor(speak) {
    this.#speak = speak;
  }

  add(text) {
    this.#rest += text;
    for (let end; (end = /[.!?][\])"'’”]*(?:\s*\[\d+\])*\s/.exec(this.#rest)); ) {
      const cut = end.index + end[0].length;
      this.#speak(this.#rest.slice(0, cut).trim());
      this.#rest = this.#rest.slice(cut);
    }
  }

  /** Passes on what remains, since the text has ended. */
  end() {
    if (this.#rest.trim()) this.#speak(this.#rest.trim());
    this.#rest = "";
  }
}
