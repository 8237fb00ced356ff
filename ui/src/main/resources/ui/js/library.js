// Where the evidence log cannot be written, nothing is answered; by policy, documents can still be searched and opened.

import { excerptOf } from "./excerpt.js";

/** Whether documents can be searched and opened though nothing is answered; `log` as the appliance last told it, or null. */
export const isLibraryOpen = (log) => Boolean(log?.library?.open);

/** What everybody must know of a log that cannot be written, and what an administrator needs of it; null while all is well. */
export function noticeOf(log, words) {
  if (!log?.stoppedReason) return null;
  return { text: isLibraryOpen(log) ? `${words.stopped} ${words.open}` : words.stopped, reason: words.tell(log.stoppedReason) };
}

/** The hits of a search as the citations that lists show, each with its best lines. */
export function citationsOf(hits) {
  return (hits ?? []).map((hit, index) => ({ ...hit, n: index + 1, quote: hit.text, excerpt: excerptOf(hit) }));
}

/** What the reader must know of passages that were searched for instead of an answer, in paragraphs. */
export function foundNotes(found, leaning, words) {
  return [words.why, found ? words.passagesText : words.nothing, ...(leaning ? [words.alone] : [])];
}
