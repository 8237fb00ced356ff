package org.cartulary.inference.protocol;

/**
 * A message about a request.
 *
 * @param request chosen by the appliance, unique on a connection; 0 for what concerns the connection itself
 */
public record Frame(long request, Message message) {
    /** Largest frame on the wire, in bytes, its length field not counted. */
    public static final int MAX_BYTES = 16 << 20;
}
