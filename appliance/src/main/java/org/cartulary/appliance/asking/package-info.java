/**
 * The use case that joins the modules: a question becomes an answer, and evidence of both. Not here: HTTP, and how hits are
 * found or sentences checked.
 */
@NullMarked
package org.cartulary.appliance.asking;

import org.jspecify.annotations.NullMarked;
