/**
 * Reads the one form of detached CMS signature (RFC 5652) that bundles carry, with the JDK's X.509 and ECDSA. Not here: CMS
 * in general, and any decision whom to trust.
 */
@NullMarked
package org.cartulary.verifier.cms;

import org.jspecify.annotations.NullMarked;
