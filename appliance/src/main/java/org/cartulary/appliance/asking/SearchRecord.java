package org.cartulary.appliance.asking;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.compliance.rights.ReadFilter;
import org.cartulary.retrieval.replay.RecordedSearch;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.cartulary.retrieval.search.ReadingRecord;
import org.cartulary.retrieval.search.RerankRecord;
import org.cartulary.retrieval.search.Scores;
import org.cartulary.retrieval.search.SearchRequest;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.synonym.Synonyms;
import org.cartulary.retrieval.understanding.Wording;
import org.jspecify.annotations.Nullable;

/**
 * What the entry {@code retrieved} keeps of a search, so that it can be made again: with the hits and the vector of the
 * question, everything that decides about its hits. The markings are those that the asker may read; their digest stands in
 * clear.
 */
public final class SearchRecord {
    private SearchRecord() {}

    /**
     * The sealed fields of a search.
     *
     * @param offset hits of them that were not shown because pages before had them
     */
    static Map<String, Object> of(SearchResult found, int offset) {
        SearchRequest request = found.request();
        SearchScope scope = request.scope();
        Map<String, Object> search = new TreeMap<>();
        search.put("index", found.generation());
        search.put("query", request.query());
        search.put("limit", request.limit());
        search.put("offset", offset);
        search.put("change", Long.toString(found.change()));
        search.put("policyVersion", scope.readable().policyVersion());
        search.put("readable", readable(scope.readable()));
        search.put(
                "standings",
                scope.standings().stream().map(Standing::word).sorted().toList());
        search.put("sites", List.copyOf(scope.sites()));
        search.put("fields", new TreeMap<String, Object>(scope.fields()));
        search.put("documents", texts(scope.documents()));
        search.put("without", texts(scope.without()));
        search.put("wording", request.wording().recorded());
        search.put(
                "readings", found.readings().stream().map(SearchRecord::reading).toList());
        put(search, "datedFrom", scope.datedFrom());
        put(search, "datedTo", scope.datedTo());
        Map<String, Object> sealed = new TreeMap<>();
        sealed.put("search", search);
        sealed.put("hits", RecordedHits.of(found.hits()));
        sealed.put("reranker", RecordedHits.reranker(found.reranked()));
        sealed.put("queryVector", RecordedHits.vector(found.queryVector()));
        sealed.put(
                "queryVectors",
                found.queryVectors().stream().map(RecordedHits::vector).toList());
        sealed.put("understood", RecordedHits.understood(found));
        sealed.put("day", scope.on().toString());
        return sealed;
    }

    private static List<String> texts(Collection<UUID> documents) {
        return documents.stream().map(UUID::toString).sorted().toList();
    }

    private static Map<String, Object> reading(ReadingRecord reading) {
        return new TreeMap<>(Map.of(
                "question",
                reading.question(),
                "wordsAlone",
                reading.wordsAlone(),
                "exact",
                reading.exact(),
                "synonyms",
                reading.synonyms().stream()
                        .map(other -> new TreeMap<String, Object>(Map.of(
                                "collection",
                                other.collection().toString(),
                                "insteadOf",
                                other.insteadOf(),
                                "words",
                                other.words())))
                        .toList()));
    }

    private static List<ReadingRecord> readings(JsonNode recorded) {
        List<ReadingRecord> readings = new ArrayList<>();
        for (JsonNode reading : recorded) {
            List<Synonyms.Other> synonyms = new ArrayList<>();
            reading.path("synonyms")
                    .forEach(other -> synonyms.add(new Synonyms.Other(
                            UUID.fromString(other.path("collection").asText()),
                            other.path("insteadOf").asText(),
                            other.path("words").asText())));
            readings.add(new ReadingRecord(
                    reading.path("question").asText(),
                    reading.path("wordsAlone").asBoolean(),
                    reading.path("exact").asBoolean(),
                    synonyms));
        }
        return readings;
    }

    private static void put(Map<String, Object> search, String name, @Nullable LocalDate day) {
        if (day != null) {
            search.put(name, day.toString());
        }
    }

    private static Map<String, Object> readable(ReadFilter filter) {
        Map<String, Object> readable = new TreeMap<>();
        filter.readable().forEach((collection, markings) -> readable.put(collection.toString(), text(markings)));
        return readable;
    }

    /** Ids are given out in order, so that most of a reader's lie side by side: {@code 1-40 57}. */
    static String text(SortedSet<Long> ids) {
        StringJoiner text = new StringJoiner(" ");
        long first = 0;
        long last = -1;
        for (long id : ids) {
            if (last >= first && id != last + 1) {
                text.add(range(first, last));
            }
            first = last >= first && id == last + 1 ? first : id;
            last = id;
        }
        if (last >= first) {
            text.add(range(first, last));
        }
        return text.toString();
    }

    private static String range(long first, long last) {
        return first == last ? Long.toString(first) : first + "-" + last;
    }

    static SortedSet<Long> ids(String text) {
        SortedSet<Long> ids = new TreeSet<>();
        Stream.of(text.split(" ", -1)).filter(part -> !part.isEmpty()).forEach(part -> {
            int dash = part.indexOf('-');
            long first = Long.parseLong(dash < 0 ? part : part.substring(0, dash));
            long last = dash < 0 ? first : Long.parseLong(part.substring(dash + 1));
            for (long id = first; id <= last; id++) {
                ids.add(id);
            }
        });
        return ids;
    }

    /**
     * A search out of the sealed fields of its entry; empty where it is older than replays.
     *
     * @throws IllegalArgumentException when a field is malformed
     */
    public static Optional<RecordedSearch> read(JsonNode sealed) {
        JsonNode search = sealed.path("search");
        if (!search.path("readings").isArray()) {
            return Optional.empty();
        }
        SearchRequest request = new SearchRequest(
                search.path("query").asText(),
                scope(sealed, search),
                search.path("limit").asInt(),
                wording(search.path("wording")));
        List<RecordedSearch.RecordedHit> hits = new ArrayList<>();
        sealed.path("hits")
                .forEach(hit -> hits.add(new RecordedSearch.RecordedHit(
                        Long.parseLong(hit.path("passage").asText()),
                        UUID.fromString(hit.path("document").asText()),
                        scores(hit))));
        return Optional.of(new RecordedSearch(
                search.path("index").asText(),
                request,
                vectors(sealed.path("queryVectors")),
                readings(search.path("readings")),
                reranker(sealed.path("reranker")),
                Long.parseLong(search.path("change").asText()),
                search.path("offset").asInt(),
                hits));
    }

    private static SearchScope scope(JsonNode sealed, JsonNode search) {
        SortedMap<UUID, SortedSet<Long>> readable = new TreeMap<>();
        search.path("readable")
                .properties()
                .forEach(field -> readable.put(
                        UUID.fromString(field.getKey()), ids(field.getValue().asText())));
        Set<Standing> standings = EnumSet.noneOf(Standing.class);
        search.path("standings")
                .forEach(word -> standings.add(Standing.named(word.asText()).orElseThrow()));
        SortedSet<String> sites = new TreeSet<>();
        search.path("sites").forEach(site -> sites.add(site.asText()));
        SortedMap<String, String> fields = new TreeMap<>();
        search.path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return new SearchScope(
                new ReadFilter(search.path("policyVersion").asLong(), readable),
                LocalDate.parse(sealed.path("day").asText()),
                standings,
                sites,
                fields,
                day(search.path("datedFrom")),
                day(search.path("datedTo")),
                new TreeSet<>(ids(search.path("documents"))),
                ids(search.path("without")));
    }

    private static Set<UUID> ids(JsonNode documents) {
        return texts(documents).stream().map(UUID::fromString).collect(Collectors.toSet());
    }

    private static @Nullable LocalDate day(JsonNode text) {
        return text.isTextual() ? LocalDate.parse(text.asText()) : null;
    }

    private static Wording wording(JsonNode recorded) {
        return new Wording(
                recorded.path("language").isTextual()
                        ? recorded.path("language").asText()
                        : null,
                recorded.path("exact").asBoolean(),
                texts(recorded.path("without")),
                texts(recorded.path("earlier")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<float[]> vectors(JsonNode recorded) {
        return texts(recorded).stream().map(SearchRecord::vector).toList();
    }

    private static @Nullable RerankRecord reranker(JsonNode recorded) {
        if (!recorded.has("model")) {
            return null;
        }
        Map<Long, Double> scores = new TreeMap<>();
        recorded.path("scores")
                .properties()
                .forEach(field -> scores.put(
                        Long.valueOf(field.getKey()),
                        Double.valueOf(field.getValue().asText())));
        return new RerankRecord(
                recorded.path("candidates").asInt(),
                Double.parseDouble(recorded.path("weight").asText()),
                scores);
    }

    private static Scores scores(JsonNode hit) {
        return new Scores(
                number(hit.path("bm25")),
                number(hit.path("dense")),
                Double.parseDouble(hit.path("fused").asText()),
                number(hit.path("reranked")),
                Double.parseDouble(hit.path("ranked").asText()));
    }

    private static @Nullable Double number(JsonNode text) {
        return text.isTextual() ? Double.valueOf(text.asText()) : null;
    }

    private static float[] vector(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] vector = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(vector);
        return vector;
    }
}
