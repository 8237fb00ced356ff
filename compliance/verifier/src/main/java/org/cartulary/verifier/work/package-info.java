/** Spreads work over the machine's cores in bounded memory. Not here: what the work is. */
@NullMarked
package org.cartulary.verifier.work;

import org.jspecify.annotations.NullMarked;
