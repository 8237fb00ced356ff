import assert from "node:assert/strict";
import { test } from "node:test";
import { keyState, keyWish } from "../../main/resources/ui/js/key-rules.js";

const GOOD = { name: " chatbot ", scopes: ["ask"], days: "90" };
const about = (field) => (error) => error.field === field && error.message.length > 0;

test("gives a wish as the appliance takes it", () => {
  assert.deepEqual(keyWish(GOOD), { name: "chatbot", scopes: ["ask"], days: 90 });
});

test("names the field that does not fit", () => {
  assert.throws(() => keyWish({ ...GOOD, name: "  " }), about("key-name"));
  assert.throws(() => keyWish({ ...GOOD, scopes: [] }), about("scope-ask"));
  for (const days of ["", "0", "367", "1.5", "many"]) assert.throws(() => keyWish({ ...GOOD, days }), about("key-days"));
});

test("tells a key that counts from one that is over", () => {
  const expiresAt = "2026-03-01T12:00:00Z";
  const noon = Date.parse(expiresAt);
  assert.equal(keyState({ revokedAt: null, expiresAt }, noon - 1), "counts");
  assert.equal(keyState({ revokedAt: null, expiresAt }, noon), "expired");
  assert.equal(keyState({ revokedAt: "2026-02-01T12:00:00Z", expiresAt }, noon), "revoked");
});
