package org.cartulary.retrieval.catalog;

/** How far the writing of a document has come. */
public enum Stage {
    /** Its passages become vectors. */
    EMBEDDING,
    /** It is committed, and the lexical index follows. */
    INDEXING,
    /** Both indexes find it. */
    READY
}
