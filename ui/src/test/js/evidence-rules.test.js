import assert from "node:assert/strict";
import { test } from "node:test";
import { instantOf, isIdentical, isPast, numbersOf, queryOf, releaseOf } from "../../main/resources/ui/js/evidence-rules.js";

test("takes a day as it begins where the reader is", () => {
  assert.equal(instantOf("2026-03-31"), new Date(2026, 2, 31).toISOString());
  assert.equal(instantOf("2026-03-31", 1), new Date(2026, 3, 1).toISOString());
  assert.equal(instantOf(""), null);
});

test("asks for what was filled in and for nothing else", () => {
  assert.equal(queryOf({ from: null, outcome: "", reference: "A 17/2026", all: false, before: 3 }), "reference=A+17%2F2026&before=3");
  assert.equal(queryOf({}), "");
});

test("marks a review as overdue from the day after on", () => {
  const noon = new Date(2026, 0, 31, 12);
  assert.equal(isPast("2026-01-31", noon), false);
  assert.equal(isPast("2026-01-30", noon), true);
});

test("reads numbers of questions out of an address, and nothing that is none", () => {
  assert.deepEqual(numbersOf(["17", "42"]), [17, 42]);
  assert.deepEqual(numbersOf([]), []);
  assert.equal(numbersOf(["0"]), null);
  assert.equal(numbersOf(["17?x"]), null);
});

test("finds the act that waits for the release of a hold", () => {
  const act = { kind: "release-hold", parameters: { hold: "a" } };
  assert.equal(releaseOf({ id: "a" }, [{ kind: "set-retention", parameters: { days: "1" } }, act]), act);
  assert.equal(releaseOf({ id: "b" }, [act]), undefined);
});

test("calls a replay identical where every token came out the same", () => {
  assert.equal(isIdentical({ sameTokens: 4, recordedTokens: 4 }), true);
  assert.equal(isIdentical({ sameTokens: 3, recordedTokens: 4 }), false);
});
