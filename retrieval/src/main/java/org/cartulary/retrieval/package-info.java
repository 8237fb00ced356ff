/**
 * The catalog of documents and passages and the ways to find them. Not here: parsing of files, and models themselves.
 */
@NullMarked
package org.cartulary.retrieval;

import org.jspecify.annotations.NullMarked;
