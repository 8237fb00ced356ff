package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import org.cartulary.compliance.canonical.CanonicalJson;
import org.cartulary.compliance.keys.DataKeys;
import org.jspecify.annotations.Nullable;

/** An entry as the database holds it. */
@SuppressWarnings("ArrayRecordComponent")
record StoredEntry(
        long id,
        long number,
        @Nullable Long treeIndex,
        byte[] leaf,
        @Nullable Long keyId,
        byte @Nullable [] payload) {

    /** The disclosed record, as its file has it: leaf, payload and salts, and a newline; the payload is null once its key was destroyed. */
    String recordJson(DataKeys keys) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        JsonNode fields = json.objectNode();
        JsonNode salts = json.objectNode();
        if (keyId != null && payload != null) {
            Optional<SecretKey> key = keys.find(keyId);
            if (key.isPresent()) {
                SealedPayload open = SealedPayload.open(key.get(), id, payload);
                fields = open.fields();
                salts = open.salts();
            } else {
                fields = json.nullNode();
            }
        }
        SortedMap<String, Object> disclosed = new TreeMap<>(Map.of("payload", fields, "salts", salts));
        disclosed.put("leaf", Base64.getEncoder().encodeToString(leaf));
        return CanonicalJson.text(disclosed) + "\n";
    }
}
