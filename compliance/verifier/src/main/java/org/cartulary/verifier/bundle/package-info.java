/**
 * Verifies evidence bundles and single receipts: the zip, its signed manifest, the log inside, and what is disclosed
 * about each exported entry. Not here: keys, which always come from the caller, and any repair.
 */
@NullMarked
package org.cartulary.verifier.bundle;

import org.jspecify.annotations.NullMarked;
