import assert from "node:assert/strict";
import { test } from "node:test";
import { inFours } from "../../main/resources/ui/js/group-secret.js";

test("groups a secret in fours, and loses nothing at its end", () => {
  assert.equal(inFours("JBSWY3DPEHPK3PXP"), "JBSW Y3DP EHPK 3PXP");
  assert.equal(inFours("ABCDEF"), "ABCD EF");
  assert.equal(inFours(""), "");
});
