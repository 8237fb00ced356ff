package org.cartulary.inference.llama;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text across the native border, always with a bound. */
final class NativeText {
    private NativeText() {}

    /** A NUL-terminated UTF-8 string that native code owns; the NUL lies within {@code maxBytes}. */
    @SuppressWarnings("restricted") // the bound is the caller's
    static String read(MemorySegment address, long maxBytes) {
        return address.reinterpret(maxBytes).getString(0, StandardCharsets.UTF_8);
    }

    /** As {@link #read}, or null for a null pointer. */
    static @Nullable String readNullable(MemorySegment address, long maxBytes) {
        return address.equals(MemorySegment.NULL) ? null : read(address, maxBytes);
    }
}
