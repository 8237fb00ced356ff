/**
 * Collections, documents and passages as PostgreSQL holds them, and the one way to write them: text, vectors, change
 * number and evidence in one transaction. Not here: how files become text, and how passages are found.
 */
@NullMarked
package org.cartulary.retrieval.catalog;

import org.jspecify.annotations.NullMarked;
