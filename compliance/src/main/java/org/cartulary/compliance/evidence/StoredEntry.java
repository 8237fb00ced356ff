package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Base64;
import java.util.Optional;
import org.cartulary.compliance.keys.DataKeys;
import org.jspecify.annotations.Nullable;

/** An entry as the database holds it. */
@SuppressWarnings("ArrayRecordComponent")
record StoredEntry(
        long id,
        int shard,
        long number,
        @Nullable Long treeIndex,
        byte[] leaf,
        @Nullable Long keyId,
        byte @Nullable [] payload) {

    /**
     * The disclosed record, as its file has it: RFC 8785 of leaf, payload and salts, and a newline; the payload is null once its
     * key was destroyed. What is sealed is the canonical form of the last two already, and so becomes a part as it stands.
     */
    String recordJson(DataKeys keys) {
        byte[] sealed = payload;
        String rest = keyId == null || sealed == null
                ? "{\"payload\":{},\"salts\":{}}"
                : keys.find(keyId)
                        .map(key -> SealedPayload.text(key, id, sealed))
                        .orElse("{\"payload\":null,\"salts\":{}}");
        return "{\"leaf\":\"" + Base64.getEncoder().encodeToString(leaf) + "\"," + rest.substring(1) + "\n";
    }

    /** What it seals, which may be nothing; empty once the key was destroyed. */
    Optional<SealedPayload> opened(DataKeys keys) {
        byte[] sealed = payload;
        if (keyId == null || sealed == null) {
            JsonNodeFactory json = JsonNodeFactory.instance;
            return Optional.of(new SealedPayload(json.objectNode(), json.objectNode()));
        }
        // Emptied when it was disposed of; its key goes a moment later.
        return sealed.length == 0 ? Optional.empty() : keys.find(keyId).map(key -> SealedPayload.open(key, id, sealed));
    }
}
