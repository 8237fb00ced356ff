package org.cartulary.inference.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A {@code tokenizer.json} whose special tokens no text can name. As it comes, the library turns the characters
 * {@code [SEP]} in a text into the token that ends it; the list that makes it do so is left out here, and the tokens
 * around a text stand in another part of the file.
 */
final class PlainTextTokenizer {
    private static final JsonMapper JSON = new JsonMapper();

    private PlainTextTokenizer() {}

    static InputStream of(Path tokenizer) throws IOException {
        JsonNode tree = JSON.readTree(tokenizer.toFile());
        if (!(tree instanceof ObjectNode settings)) {
            throw new IOException("The file " + tokenizer + " is no tokenizer.json");
        }
        settings.putArray("added_tokens");
        return new ByteArrayInputStream(JSON.writeValueAsBytes(settings));
    }
}
