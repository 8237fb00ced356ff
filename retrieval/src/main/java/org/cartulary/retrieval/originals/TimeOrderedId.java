package org.cartulary.retrieval.originals;

import java.security.SecureRandom;
import java.util.UUID;

/** UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix time in milliseconds, then random bits. */
public final class TimeOrderedId {
    private static final SecureRandom RANDOM = new SecureRandom();

    private TimeOrderedId() {}

    /** A new id, greater than those made in earlier milliseconds. */
    public static UUID next() {
        long random = RANDOM.nextLong();
        long high = (System.currentTimeMillis() << 16) | 0x7000L | (random & 0x0FFFL);
        long low = (RANDOM.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
