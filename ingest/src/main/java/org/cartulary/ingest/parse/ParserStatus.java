package org.cartulary.ingest.parse;

/**
 * How the parser processes stand, for health.
 *
 * @param workers parser processes that may run at once
 * @param networkClosed no parser process has a network
 * @param isolation how the network is closed off, or why it is not, as a sentence
 */
public record ParserStatus(int workers, boolean networkClosed, String isolation) {}
