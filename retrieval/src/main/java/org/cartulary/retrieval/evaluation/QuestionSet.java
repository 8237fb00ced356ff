package org.cartulary.retrieval.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Documents, questions and which documents answer them.
 *
 * @param judgments by question, then by document; only those above 0
 */
public record QuestionSet(List<Text> documents, List<Text> questions, Map<String, Map<String, Double>> judgments) {
    /**
     * A document or a question.
     *
     * @param title of a document; empty for a question
     * @param supersedes ids of the documents whose place it takes
     */
    public record Text(String id, String title, String text, List<String> supersedes) {
        public Text {
            supersedes = List.copyOf(supersedes);
        }
    }

    /**
     * Reads {@code corpus.jsonl}, or that of the folder above, {@code queries.jsonl} and {@code qrels.tsv}.
     *
     * @throws UncheckedIOException when one is missing or malformed; the message names it
     */
    public static QuestionSet read(Path directory) {
        Map<String, Map<String, Double>> judgments = judgments(directory.resolve("qrels.tsv"));
        List<Text> questions = judged(texts(directory.resolve("queries.jsonl")), judgments);
        return new QuestionSet(texts(corpus(directory)), questions, judgments);
    }

    /**
     * Questions to documents that are indexed already.
     *
     * @param queries lines of a {@code queries.jsonl}
     * @param qrels lines of a {@code qrels.tsv}, its head included
     * @throws IllegalArgumentException when a line is malformed; the message quotes it
     */
    static QuestionSet of(String queries, String qrels) {
        Map<String, Map<String, Double>> judgments = judgments("qrels.tsv", qrels.lines());
        ObjectMapper json = new ObjectMapper();
        List<Text> questions = queries.lines()
                .filter(line -> !line.isBlank())
                .map(line -> text(json, Path.of("queries.jsonl"), line))
                .toList();
        return new QuestionSet(List.of(), judged(questions, judgments), judgments);
    }

    private static List<Text> judged(List<Text> questions, Map<String, Map<String, Double>> judgments) {
        return questions.stream()
                .filter(question -> judgments.containsKey(question.id()))
                .toList();
    }

    /** Questions to tune on lie in a folder of their own below that of their documents. */
    static Path corpus(Path directory) {
        Path own = directory.resolve("corpus.jsonl");
        Path above = directory.toAbsolutePath().normalize().resolveSibling("corpus.jsonl");
        return Files.exists(own) || !Files.exists(above) ? own : above;
    }

    static List<Text> texts(Path file) {
        ObjectMapper json = new ObjectMapper();
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> text(json, file, line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static Text text(ObjectMapper json, Path file, String line) {
        try {
            JsonNode node = json.readTree(line);
            return new Text(
                    node.required("_id").asText(),
                    node.path("title").asText(""),
                    node.required("text").asText(),
                    strings(node.path("supersedes")));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " has a line without _id and text: " + line, e);
        }
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        array.forEach(one -> strings.add(one.asText()));
        return strings;
    }

    private static Map<String, Map<String, Double>> judgments(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return judgments(file.toString(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static Map<String, Map<String, Double>> judgments(String file, Stream<String> lines) {
        Map<String, Map<String, Double>> judgments = new HashMap<>();
        lines.skip(1).filter(line -> !line.isBlank()).forEach(line -> {
            String[] fields = line.split("\t", -1);
            double grade = grade(file, line, fields);
            if (grade > 0) {
                judgments.computeIfAbsent(fields[0], id -> new HashMap<>()).put(fields[1], grade);
            }
        });
        return judgments;
    }

    private static double grade(String file, String line, String[] fields) {
        try {
            return Double.parseDouble(fields[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    file + " has a line that is not query-id, corpus-id and score, parted by tabs: " + line, e);
        }
    }
}
