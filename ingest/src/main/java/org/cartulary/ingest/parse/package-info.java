/**
 * Reads files in processes of Tika's own, without a network and under limits: from bytes to XHTML and metadata. A file
 * that crashes, hangs or floods its parser costs that process and nothing else. Not here: what headings, rows and pages
 * mean ({@code structure}), or any parser running in the calling process.
 */
@NullMarked
package org.cartulary.ingest.parse;

import org.jspecify.annotations.NullMarked;
