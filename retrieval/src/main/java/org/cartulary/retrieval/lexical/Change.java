package org.cartulary.retrieval.lexical;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of what can be found.
 *
 * @param number from 1, without gaps, in order of commit
 * @param added the document that came, or null
 * @param removed the document that went, or null
 */
public record Change(
        long number, @Nullable UUID added, @Nullable UUID removed) {}
