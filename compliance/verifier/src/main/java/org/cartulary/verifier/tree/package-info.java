/**
 * Merkle trees of RFC 6962 over SHA-256: leaf and node hashes, the root of a growing tree, inclusion and consistency
 * proofs. Not here: files, tiles and signatures.
 */
@NullMarked
package org.cartulary.verifier.tree;

import org.jspecify.annotations.NullMarked;
