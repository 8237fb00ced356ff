import assert from "node:assert/strict";
import { test } from "node:test";
import { darkPath } from "../../main/resources/ui/js/qr-code.js";

test("draws each run of dark modules as one rectangle", () => {
  assert.equal(darkPath(["110", "000", "101"]), "M0 0h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z");
});
