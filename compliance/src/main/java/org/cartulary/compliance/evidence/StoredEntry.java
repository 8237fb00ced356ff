package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.canonical.CanonicalJson;
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

    /** The disclosed record, as its file has it: leaf, payload and salts, and a newline; the payload is null once its key was destroyed. */
    String recordJson(DataKeys keys) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        SealedPayload open = opened(keys).orElse(new SealedPayload(json.nullNode(), json.objectNode()));
        SortedMap<String, Object> disclosed = new TreeMap<>(Map.of("payload", open.fields(), "salts", open.salts()));
        disclosed.put("leaf", Base64.getEncoder().encodeToString(leaf));
        return CanonicalJson.text(disclosed) + "\n";
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
