/**
 * What a principal may read, compiled once for each request into a filter that retrieval applies inside its queries. Not
 * here: collections and documents themselves, which are opaque ids to this package.
 */
@NullMarked
package org.cartulary.compliance.rights;

import org.jspecify.annotations.NullMarked;
