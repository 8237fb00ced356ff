package org.cartulary.compliance.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.cartulary.compliance.canonical.CanonicalJson;

/** The digests that a disclosed record must have in its leaf, computed from docs/leaf-schema.md. */
final class SaltedDigests {
    private SaltedDigests() {}

    static JsonNode of(JsonNode record) {
        ObjectNode digests = JsonNodeFactory.instance.objectNode();
        record.path("payload")
                .properties()
                .forEach(field -> digests.put(
                        field.getKey(),
                        digest(record.path("salts").path(field.getKey()).asText(), field.getValue())));
        return digests;
    }

    static String digest(String salt, JsonNode value) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(Base64.getDecoder().decode(salt));
            return Base64.getEncoder().encodeToString(sha256.digest(CanonicalJson.bytes(value)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
