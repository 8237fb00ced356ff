package org.cartulary.appliance.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;
import org.cartulary.inference.ModelCard;

/**
 * A model as OpenAI's clients list it.
 *
 * @param id what a request names
 * @param created always 0: a model has no date here
 * @param ownedBy {@code local} for a model file, {@code cartulary} for a collection
 * @param task our own field: {@code chat}, {@code embedding}, {@code rerank}, or {@code documents} for a collection
 */
@Serdeable
record ModelView(
        String id,
        String object,
        long created,
        @JsonProperty("owned_by") String ownedBy,
        String task) {
    static ModelView of(ModelCard card) {
        return new ModelView(
                card.name(), "model", 0, "local", card.role().name().toLowerCase(Locale.ROOT));
    }

    static ModelView ofCollection(String id) {
        return new ModelView(id, "model", 0, "cartulary", "documents");
    }
}
