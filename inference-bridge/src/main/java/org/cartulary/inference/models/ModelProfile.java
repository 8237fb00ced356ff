package org.cartulary.inference.models;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.template.ChatTemplates;
import org.cartulary.inference.template.TemplateRefused;
import org.jspecify.annotations.Nullable;

/**
 * What a GGUF says of itself, for the person who decides whether to take it in.
 *
 * @param bytes of the file
 * @param sha256 of the file, in hex
 * @param licence as the header names it, or null
 * @param parameters weights in all tensors
 * @param quantisation what the header says, or the type that most weights have
 * @param dominantType the type that most weights have
 * @param contextTokens window that it was trained for
 * @param vocabulary tokens of its tokenizer
 * @param template the chat template, or null where it has none
 * @param pooling {@code none}, {@code mean}, {@code cls}, {@code last} or {@code rank}, or null
 * @param role what it seems to be for
 */
public record ModelProfile(
        long bytes,
        String sha256,
        String architecture,
        String name,
        @Nullable String licence,
        long parameters,
        String quantisation,
        String dominantType,
        long contextTokens,
        String tokenizer,
        long vocabulary,
        @Nullable Template template,
        @Nullable String pooling,
        ModelCard.Role role) {
    private static final Set<String> ENCODERS = Set.of(
            "bert",
            "modern-bert",
            "nomic-bert",
            "nomic-bert-moe",
            "neo-bert",
            "jina-bert-v2",
            "jina-bert-v3",
            "eurobert",
            "xlm-roberta",
            "t5encoder",
            "gemma-embedding",
            "llama-embed");
    private static final String[] POOLINGS = {"none", "mean", "cls", "last", "rank"};
    private static final int FIRST_LINE = 100;
    private static final int MAX_LABEL = 200;

    /**
     * A chat template, by what identifies it.
     *
     * @param characters its length
     * @param firstLine at most 100 characters of it
     * @param problem why it cannot be used here, or null where it can
     */
    public record Template(
            int characters,
            String firstLine,
            String sha256,
            @Nullable String problem) {
        static Template of(String text) {
            String line = text.lines().findFirst().orElse("");
            return new Template(
                    text.length(),
                    label(line.substring(0, Math.min(FIRST_LINE, line.length())))
                            .orElse(""),
                    Sha256.of(text.getBytes(StandardCharsets.UTF_8)),
                    problem(text));
        }

        private static @Nullable String problem(String text) {
            try {
                ChatTemplates.check(text);
                return null;
            } catch (TemplateRefused e) {
                return e.getMessage();
            }
        }
    }

    /**
     * Describes a file whose header was read.
     *
     * @param sha256 of the file
     */
    static ModelProfile of(Path file, GgufHeader header, long bytes, String sha256) {
        String fileName = String.valueOf(file.getFileName());
        return new ModelProfile(
                bytes,
                sha256,
                header.architecture(),
                label(header.text("general.name").orElse("")).orElse(fileName),
                licence(header).orElse(null),
                header.parameters(),
                Quantisation.of(header),
                Quantisation.dominantType(header),
                header.ofArchitecture("context_length").orElse(0L),
                header.text("tokenizer.ggml.model").orElse("none"),
                header.number("tokenizer.ggml.tokens.length").orElse(0L),
                header.text("tokenizer.chat_template").map(Template::of).orElse(null),
                pooling(header).orElse(null),
                role(header));
    }

    private static Optional<String> licence(GgufHeader header) {
        return Stream.of("general.license", "general.license.name", "general.license.link")
                .flatMap(key -> header.text(key).stream())
                .flatMap(text -> label(text).stream())
                .findFirst();
    }

    /** A text of the header is anybody's: what is shown of it is one line of limited length. */
    private static Optional<String> label(String text) {
        String line = text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
                .limit(MAX_LABEL)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.isEmpty() ? Optional.empty() : Optional.of(line);
    }

    private static Optional<String> pooling(GgufHeader header) {
        return header.ofArchitecture("pooling_type")
                .filter(type -> type >= 0 && type < POOLINGS.length)
                .map(type -> POOLINGS[type.intValue()]);
    }

    private static ModelCard.Role role(GgufHeader header) {
        Optional<String> pooling = pooling(header);
        boolean head = header.values().containsKey(header.architecture() + ".classifier.output_labels.length")
                || header.tensor("cls.weight").isPresent()
                || header.tensor("cls.output.weight").isPresent();
        if (head || pooling.equals(Optional.of("rank"))) {
            return ModelCard.Role.RERANK;
        }
        boolean everyWay = Boolean.FALSE.equals(header.values().get(header.architecture() + ".attention.causal"));
        boolean encodes = ENCODERS.contains(header.architecture())
                || everyWay
                || pooling.filter(how -> !how.equals("none")).isPresent();
        return encodes ? ModelCard.Role.EMBEDDING : ModelCard.Role.CHAT;
    }
}
