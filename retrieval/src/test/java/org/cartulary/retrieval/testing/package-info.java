/** A real embedder and a real installation in a temporary home, for this module's tests. */
@NullMarked
package org.cartulary.retrieval.testing;

import org.jspecify.annotations.NullMarked;
