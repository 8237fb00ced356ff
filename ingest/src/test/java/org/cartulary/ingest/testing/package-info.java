/** What tests of ingest share: files made by hand, a parser that misbehaves on command, an installation to ingest into. */
@NullMarked
package org.cartulary.ingest.testing;

import org.jspecify.annotations.NullMarked;
