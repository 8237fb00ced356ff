/**
 * Where files come from when they lie on a disk: which files a folder holds, and what their documents' paths are. Not
 * here: taking them in, which {@link org.cartulary.ingest.Ingest} does.
 */
@NullMarked
package org.cartulary.ingest.source;

import org.jspecify.annotations.NullMarked;
