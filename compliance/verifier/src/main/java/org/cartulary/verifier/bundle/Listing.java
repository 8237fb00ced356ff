package org.cartulary.verifier.bundle;

/** The hashes that a manifest has. */
sealed interface Listing permits FileHashes, NamedHashes {
    /** Whether a file of the zip has a hash of its own. */
    boolean has(int file);
}
