/**
 * The one JSON form that is hashed, sealed and signed: RFC 8785. Not here: JSON for people and for the REST interface.
 */
@NullMarked
package org.cartulary.compliance.canonical;

import org.jspecify.annotations.NullMarked;
