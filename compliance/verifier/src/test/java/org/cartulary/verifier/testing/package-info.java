/**
 * What the tests of the verifier share: golden files made by Go, and an own writer of bundles. Not here: any code of the
 * writer that the product ships; what agrees with it must do so by the specification alone.
 */
@NullMarked
package org.cartulary.verifier.testing;

import org.jspecify.annotations.NullMarked;
