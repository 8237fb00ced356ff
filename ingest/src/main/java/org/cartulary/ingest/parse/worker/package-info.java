/**
 * What runs inside a parser process, named by its Tika configuration: checks before a parse and the shape of its
 * output. Nothing of this package is loaded in the main process.
 */
@NullMarked
package org.cartulary.ingest.parse.worker;

import org.jspecify.annotations.NullMarked;
