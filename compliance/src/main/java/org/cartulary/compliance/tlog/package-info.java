/**
 * The published formats, as C2SP and RFC 6962 give them: Merkle hashes, tiles, signed notes, checkpoints and inclusion
 * proofs. Specifications are those of C2SP at commit 5ba5ee830903e91240fc6f9f3a7a9293d49e69c9. Not here: what a leaf
 * means, the database, or when anything is published.
 */
@NullMarked
package org.cartulary.compliance.tlog;

import org.jspecify.annotations.NullMarked;
