/**
 * Tables as passages have them: rows one below the other, under a row that says what their cells are. Not here: how a parser
 * finds tables in files, which ingest knows.
 */
@NullMarked
package org.cartulary.retrieval.table;

import org.jspecify.annotations.NullMarked;
