/**
 * What a verification found: named checks with counts, and findings that name the file or entry, what was expected and
 * what stands there. Not here: any checking, and any printing.
 */
@NullMarked
package org.cartulary.verifier.report;

import org.jspecify.annotations.NullMarked;
