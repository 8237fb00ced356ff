package org.cartulary.retrieval.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;

/** Sentences of real documents, document by document, out of which synthetic passages are put together. */
public final class SourceTexts {
    private static final int SHORTEST_SENTENCE = 20;
    private static final int LONGEST_SENTENCE = 400;

    private SourceTexts() {}

    /**
     * The sentences of every {@code corpus.jsonl}, text, Markdown and HTML file under a directory.
     *
     * @return for each document its sentences, at least one; in order of path and line
     * @throws IllegalArgumentException when there is none
     */
    public static List<List<String>> read(Path directory) {
        List<List<String>> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.equals("corpus.jsonl")) {
                    addCorpus(file, documents);
                } else if (name.endsWith(".txt") || name.endsWith(".md")) {
                    add(text(file), documents);
                } else if (name.endsWith(".html")) {
                    add(text(file).replaceAll("<[^>]*>", "\n"), documents);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The texts under " + directory + " cannot be read", e);
        }
        if (documents.isEmpty()) {
            throw new IllegalArgumentException(
                    directory + " holds no corpus.jsonl, .txt, .md or .html with sentences of " + SHORTEST_SENTENCE
                            + " characters or more: name another folder of texts");
        }
        return List.copyOf(documents);
    }

    private static void addCorpus(Path file, List<List<String>> documents) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                JsonNode document = json.readTree(line);
                add(document.path("text").asText(""), documents);
            }
        }
    }

    /** A file that is not UTF-8 is passed over: it is only one source of sentences among others. */
    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            return "";
        }
    }

    private static void add(String text, List<List<String>> documents) {
        List<String> sentences = Sentences.split(text).stream()
                .map(Sentence::text)
                .map(sentence -> sentence.replaceAll("\\s+", " "))
                .filter(sentence -> sentence.length() >= SHORTEST_SENTENCE && sentence.length() <= LONGEST_SENTENCE)
                .toList();
        if (!sentences.isEmpty()) {
            documents.add(sentences);
        }
    }
}
