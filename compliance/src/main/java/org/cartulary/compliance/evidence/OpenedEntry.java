package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry with what it seals, for those who may look into evidence.
 *
 * @param sealed its sealed fields; empty once their key was destroyed
 */
public record OpenedEntry(long number, EntryType type, Instant time, Optional<JsonNode> sealed) {}
