package org.cartulary.inference.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says of the elements of an array, place by place. {@code items} is a schema for the rest in the newer
 * drafts, and in the older ones may be the list of places, with {@code additionalItems} for the rest.
 *
 * @param keyword that lists the places
 * @param prefix schemas of the first places
 * @param rest of all others; null where nothing is said of them
 */
record ArrayPlaces(
        String keyword, List<JsonNode> prefix, @Nullable JsonNode rest) {
    ArrayPlaces {
        prefix = List.copyOf(prefix);
    }

    static ArrayPlaces of(ObjectNode schema, String pointer) {
        JsonNode items = schema.get("items");
        boolean older = items != null && items.isArray();
        if (older && schema.has("prefixItems")) {
            throw SchemaRefused.unsupported(pointer, "prefixItems", "\"items\" lists the places too");
        }
        String keyword = older ? "items" : "prefixItems";
        List<JsonNode> prefix = new ArrayList<>();
        if (schema.has(keyword)) {
            SchemaRules.array(schema, keyword, pointer).forEach(prefix::add);
        }
        return new ArrayPlaces(keyword, prefix, older ? schema.get("additionalItems") : items);
    }

    /** Puts into a schema what it and another say together, each place of the one with the same place of the other. */
    static void join(ObjectNode both, ObjectNode other, String pointer) {
        ArrayPlaces mine = of(both, pointer);
        ArrayPlaces theirs = of(other, pointer);
        ArrayNode prefix = Schema.JSON.arrayNode();
        for (int i = 0; i < Math.max(mine.prefix.size(), theirs.prefix.size()); i++) {
            prefix.add(Schema.both(mine.at(i), theirs.at(i)));
        }
        both.remove(List.of("items", "prefixItems", "additionalItems"));
        if (!prefix.isEmpty()) {
            both.set("prefixItems", prefix);
        }
        if (mine.rest != null || theirs.rest != null) {
            both.set("items", Schema.both(mine.others(), theirs.others()));
        }
    }

    private JsonNode at(int place) {
        return place < prefix.size() ? prefix.get(place) : others();
    }

    private JsonNode others() {
        return rest == null ? Schema.JSON.booleanNode(true) : rest;
    }
}
