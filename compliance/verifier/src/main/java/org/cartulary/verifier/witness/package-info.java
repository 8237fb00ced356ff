/**
 * A witness of logs, for a machine that is not the appliance's: it remembers the last checkpoint of each log that it knows,
 * cosigns only what that has grown to (C2SP tlog-witness, tlog-cosignature), and so makes it impossible to show different
 * people different histories. It answers over HTTP, or file by file where nothing but a stick or a code passes.
 *
 * <p>Not for: looking into entries; a witness sees sizes, hashes and signatures alone.
 */
@NullMarked
package org.cartulary.verifier.witness;

import org.jspecify.annotations.NullMarked;
