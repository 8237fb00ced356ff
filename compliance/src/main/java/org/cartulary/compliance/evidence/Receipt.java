package org.cartulary.compliance.evidence;

/**
 * What a stranger needs to check one entry, besides the log's verifier key.
 *
 * @param index in the tree
 * @param number of the question or act
 * @param proof C2SP tlog-proof text against the first published checkpoint that covers the entry
 * @param recordJson RFC 8785 of {@code leaf} (base64 of the exact bytes), {@code payload} (null once its key was
 *     destroyed) and {@code salts}, and one newline: the exact content of its file
 */
public record Receipt(long index, long number, String proof, String recordJson) {}
