/**
 * Derives a log again from what it publishes (C2SP {@code tlog-tiles}): entry bundles, tiles of every level, the root in
 * its checkpoint. Reads from a bundle or from a log directory. Not here: the zip around it, and what is disclosed about
 * single entries.
 */
@NullMarked
package org.cartulary.verifier.log;

import org.jspecify.annotations.NullMarked;
