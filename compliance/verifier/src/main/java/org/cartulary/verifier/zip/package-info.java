/**
 * Reads the one canonical form of zip that bundles have: stored entries in the order of their names, fixed metadata,
 * nothing before, between or after. Not here: any other zip; there is no decompression and no tolerance, so that every
 * byte of a bundle has exactly one allowed value.
 */
@NullMarked
package org.cartulary.verifier.zip;

import org.jspecify.annotations.NullMarked;
