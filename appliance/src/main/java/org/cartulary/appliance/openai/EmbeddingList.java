package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Vectors as OpenAI's clients read them. */
@Serdeable
record EmbeddingList(String object, String model, List<Item> data, Usage usage) {
    /** The vector of the text with this index. */
    @Serdeable
    record Item(
            String object,
            int index,

            @Schema(description = "Numbers, or a text: base64 of little-endian float32.")
            Object embedding) {}

    /** Tokens of all texts, without those that the model adds. */
    @Serdeable
    record Usage(
            @JsonProperty("prompt_tokens") int promptTokens,
            @JsonProperty("total_tokens") int totalTokens) {}

    static EmbeddingList of(String model, List<float[]> vectors, boolean base64, int tokens) {
        List<Item> items = new ArrayList<>();
        for (float[] vector : vectors) {
            items.add(new Item("embedding", items.size(), base64 ? base64(vector) : numbers(vector)));
        }
        return new EmbeddingList("list", model, items, new Usage(tokens, tokens));
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static List<Float> numbers(float[] vector) {
        List<Float> numbers = new ArrayList<>(vector.length);
        for (float value : vector) {
            numbers.add(value);
        }
        return numbers;
    }
}
