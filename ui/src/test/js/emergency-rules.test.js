import assert from "node:assert/strict";
import { test } from "node:test";
import { emergencyWish, mayAsk, openAt } from "../../main/resources/ui/js/emergency-rules.js";

const GOOD = { collection: " ward ", reason: " Unconscious, unknown allergies ", minutes: "" };
const about = (field) => (error) => error.field === field && error.message.length > 0;

test("leaves the length to the house where none is named", () => {
  const wish = { collection: "ward", reason: "Unconscious, unknown allergies" };
  assert.deepEqual(emergencyWish(GOOD), wish);
  assert.deepEqual(emergencyWish({ ...GOOD, minutes: "30" }), { ...wish, minutes: 30 });
});

test("names the field that does not fit", () => {
  assert.throws(() => emergencyWish({ ...GOOD, collection: " " }), about("emergency-collection"));
  assert.throws(() => emergencyWish({ ...GOOD, reason: "too short         " }), about("emergency-reason"));
  for (const minutes of ["0", "-5", "1.5", "long"]) {
    assert.throws(() => emergencyWish({ ...GOOD, minutes }), about("emergency-minutes"));
  }
});

test("is offered to those whose roles let them ask for it", () => {
  assert.ok(mayAsk(["administrator", "reader"]));
  assert.ok(mayAsk(["curator"]));
  assert.ok(!mayAsk(["administrator", "compliance-officer"]));
});

test("knows which are open still", () => {
  const one = { id: 1, endsAt: "2026-03-01T12:00:00Z" };
  const other = { id: 2, endsAt: "2026-03-01T13:00:00Z" };
  assert.deepEqual(openAt([one, other], Date.parse("2026-03-01T12:00:00Z")), [other]);
});
