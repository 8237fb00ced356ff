import assert from "node:assert/strict";
import { test } from "node:test";
import { standingNotes } from "../../main/resources/ui/js/standing.js";

const standing = (word, more) => ({ standing: word, reviewDue: false, ...more });

test("says nothing of what is simply in force", () => {
  assert.deepEqual(standingNotes(standing("in-force")), []);
  assert.deepEqual(standingNotes(undefined), []);
});

test("says since when a source does not hold, and that a review is due", () => {
  const notes = standingNotes(standing("superseded", { supersededOn: "2026-01-31", reviewOn: "2025-12-01", reviewDue: true }));
  assert.equal(notes.length, 2);
  assert.match(notes[0], /^Superseded since .*31.*2026|^Superseded since .*2026.*31/);
  assert.match(notes[1], /^Due for a review since .*2025/);
});

test("has words for every standing, and shows one that it does not know", () => {
  assert.match(standingNotes(standing("not-yet", { effectiveOn: "2027-03-01" }))[0], /2027/);
  assert.match(standingNotes(standing("expired", { expiresOn: "2024-03-01" }))[0], /2024/);
  assert.deepEqual(standingNotes(standing("draft")), ["Draft"]);
  assert.deepEqual(standingNotes(standing("of-a-later-version")), ["of-a-later-version"]);
});
