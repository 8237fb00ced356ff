package org.cartulary.retrieval.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Questions with what is known of their answers: a {@link QuestionSet} whose folder may hold {@code answers.jsonl}, one
 * object a line with {@code _id} of the question and any of {@code answerable}, {@code documents}, {@code must} (texts, or
 * lists of alternatives), {@code mustNot} and {@code kinds}. What it does not say, the judgments say.
 *
 * @param sha256 of the files, one behind the other, for reports
 */
public record AnswerSet(QuestionSet questions, List<AnswerKey> keys, String sha256) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public AnswerSet {
        keys = List.copyOf(keys);
    }

    /**
     * Reads a set.
     *
     * @throws UncheckedIOException when a file is missing
     * @throws IllegalArgumentException when one is malformed; the message names it
     */
    public static AnswerSet read(Path directory) {
        QuestionSet set = QuestionSet.read(directory);
        Path answers = directory.resolve("answers.jsonl");
        Map<String, JsonNode> said = Files.exists(answers) ? said(answers) : Map.of();
        List<AnswerKey> keys = new ArrayList<>();
        for (QuestionSet.Text question : QuestionSet.texts(directory.resolve("queries.jsonl"))) {
            Set<String> judged =
                    set.judgments().getOrDefault(question.id(), Map.of()).keySet();
            JsonNode node = said.get(question.id());
            if (node != null || !judged.isEmpty()) {
                keys.add(key(question, judged, node == null ? JSON.createObjectNode() : node));
            }
        }
        return new AnswerSet(set, keys, sha256(directory));
    }

    private static AnswerKey key(QuestionSet.Text question, Set<String> judged, JsonNode said) {
        Set<String> documents = new LinkedHashSet<>(judged);
        said.path("documents").forEach(document -> documents.add(document.asText()));
        List<List<String>> must = new ArrayList<>();
        said.path("must").forEach(one -> must.add(one.isArray() ? strings(one) : List.of(one.asText())));
        return new AnswerKey(
                question.id(),
                question.text(),
                said.path("answerable").asBoolean(!documents.isEmpty()),
                documents,
                must,
                strings(said.path("mustNot")),
                strings(said.path("kinds")));
    }

    private static Map<String, JsonNode> said(Path file) {
        Map<String, JsonNode> said = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    JsonNode node = JSON.readTree(line);
                    said.put(node.required("_id").asText(), node);
                }
            }
            return said;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " has a line that is no object with _id: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(one -> strings.add(one.asText()));
        return strings;
    }

    private static String sha256(Path directory) {
        List<Path> files = List.of(
                QuestionSet.corpus(directory),
                directory.resolve("queries.jsonl"),
                directory.resolve("qrels.tsv"),
                directory.resolve("answers.jsonl"));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                if (Files.exists(file)) {
                    digest.update(Files.readAllBytes(file));
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + directory, e);
        }
    }
}
