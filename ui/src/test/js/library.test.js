import assert from "node:assert/strict";
import { test } from "node:test";
import { citationsOf, foundNotes, isLibraryOpen, noticeOf } from "../../main/resources/ui/js/library.js";
import { strings } from "../../main/resources/ui/js/strings.js";

const words = strings.library;
const REASON = "The disk of the log directory has 0 bytes left: make room";
const log = (stoppedReason, open) => ({ stoppedReason, library: { allowed: true, open, notes: 0, freeBytes: 1 } });

test("says nothing while the log is well, or is not known yet", () => {
  assert.equal(noticeOf(log(null, false), words), null);
  assert.equal(noticeOf(null, words), null);
});

test("says that nothing is answered, and whom to tell what", () => {
  const { text, reason } = noticeOf(log(REASON, false), words);
  assert.equal(text, "Nothing can be answered now, because it could not be recorded.");
  assert.equal(reason, `Tell your administrator: ${REASON}`);
});

test("says what stays possible where the library is open, apart from what administrators need", () => {
  const { text, reason } = noticeOf(log(REASON, true), words);
  assert.match(text, /^Nothing can be answered now.*Documents can still be searched and opened; what you look at is recorded later\./);
  assert.doesNotMatch(text, /make room/);
  assert.match(reason, /make room/);
});

test("takes the library for open only where the appliance says so", () => {
  assert.equal(isLibraryOpen(log(REASON, true)), true);
  assert.equal(isLibraryOpen(log(REASON, false)), false);
  assert.equal(isLibraryOpen({ stoppedReason: REASON }), false);
  assert.equal(isLibraryOpen(null), false);
});

test("numbers hits as citations that quote the whole passage, in the order of the search", () => {
  const hits = [
    { document: "a.pdf", documentId: "1", title: "A", page: 3, anchor: null, passage: "11", text: "First.", scores: { fused: 0.5 } },
    { document: "b.txt", documentId: "2", title: "", page: null, anchor: "B", passage: "12", text: "Second.", scores: { fused: 0.4 } },
  ];
  const citations = citationsOf(hits);
  assert.deepEqual(citations.map(({ n, quote }) => [n, quote]), [[1, "First."], [2, "Second."]]);
  assert.deepEqual(citations.map(({ documentId, passage, page }) => [documentId, passage, page]), [["1", "11", 3], ["2", "12", null]]);
  assert.deepEqual(citationsOf(undefined), []);
});

test("says that nobody has checked what was found, or that nothing was", () => {
  assert.deepEqual(foundNotes(2, false, words), [words.why, words.passagesText]);
  assert.deepEqual(foundNotes(0, false, words), [words.why, words.nothing]);
});

test("says that a question which may lean on others was searched for alone", () => {
  assert.deepEqual(foundNotes(2, true, words), [words.why, words.passagesText, words.alone]);
});
