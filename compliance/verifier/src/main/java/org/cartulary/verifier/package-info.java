/**
 * Checks bundles and receipts offline against a key that the checker already holds. Not here: anything that writes a
 * log; no code is shared with the writer, so that one mistake cannot hide in both.
 */
@NullMarked
package org.cartulary.verifier;

import org.jspecify.annotations.NullMarked;
