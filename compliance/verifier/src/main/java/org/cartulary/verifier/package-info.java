/**
 * The command line of the verifier, which checks evidence bundles, receipts and log directories offline against a key
 * that the checker already holds. Not here: anything that writes a log; no code is shared with the writer, so that one
 * mistake cannot hide in both.
 */
@NullMarked
package org.cartulary.verifier;

import org.jspecify.annotations.NullMarked;
