/**
 * Reads JSON that must already be in the canonical form of RFC 8785 and refuses any other spelling. Because the bytes
 * are canonical, the canonical form of any value inside is a part of them and needs no writing again. Not here: what the
 * values mean.
 */
@NullMarked
package org.cartulary.verifier.json;

import org.jspecify.annotations.NullMarked;
