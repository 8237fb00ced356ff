package org.cartulary.inference.llama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.grammar.GrammarWalk;
import org.cartulary.inference.grammar.JsonSchemaGrammar;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The grammars of schemas over a tiny model's tokens, against an independent validator. */
final class SchemaGrammarWalkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST_BYTE_TOKEN = 3;
    private static final int MAX_STEPS = 1_500;
    private static final int WALKS = 12;

    private static LlamaModel model;
    private static JsonNode cases;

    @BeforeAll
    static void load(@TempDir Path directory) throws IOException {
        LlamaRuntime runtime = LlamaRuntime.open(Cache.llamaLibraries());
        model = LlamaModel.load(runtime, TinyModel.in(directory).file());
        try (InputStream in = JsonSchemaGrammar.class.getResourceAsStream("schemas.json")) {
            cases = JSON.readTree(Objects.requireNonNull(in));
        }
    }

    @AfterAll
    static void free() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void letsKnownDocumentsThroughAndNoOthers() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode one : cases) {
            one.get("valid").forEach(document -> {
                if (!accepts(one, document.asText())) {
                    wrong.add(one.get("schema") + " stops " + document.asText());
                }
                if (!isValid(one, document.asText())) {
                    wrong.add("the validator does not know " + document.asText());
                }
            });
            one.get("invalid").forEach(document -> {
                if (accepts(one, document.asText())) {
                    wrong.add(one.get("schema") + " lets through " + document.asText());
                }
            });
        }
        assertThat(wrong).isEmpty();
    }

    /** Random walks, by a fixed seed: whatever the grammar lets through satisfies the schema. */
    @Test
    void letsThroughOnlyWhatSatisfiesTheSchema() {
        Random random = new Random(20261122);
        List<String> wrong = new ArrayList<>();
        int ended = 0;
        for (JsonNode one : cases) {
            for (int i = 0; i < WALKS; i++) {
                Optional<String> document = walk(grammar(one), random);
                ended += document.isPresent() ? 1 : 0;
                document.filter(text -> !isValid(one, text))
                        .ifPresent(text -> wrong.add(one.get("schema") + " lets through " + text));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(ended).isGreaterThan(cases.size() * WALKS / 2);
    }

    @Test
    void letsAnyObjectThrough() {
        String any = JsonSchemaGrammar.anyObject();
        assertThat(accepts(any, "{\"a\": [1, -2.5e3, {\"b\": null}], \"\\u00e9\": \"x\\n\"}"))
                .isTrue();
        assertThat(accepts(any, "{}")).isTrue();
        assertThat(accepts(any, "[]")).isFalse();
        assertThat(accepts(any, "{\"a\": \"\\ud83d\"}")).isFalse();
        assertThat(accepts(any, "{" + " ".repeat(30) + "}")).isFalse();
    }

    private static String grammar(JsonNode one) {
        return JsonSchemaGrammar.of(one.get("schema"));
    }

    private static boolean accepts(JsonNode one, String document) {
        return accepts(grammar(one), document);
    }

    private static boolean accepts(String gbnf, String document) {
        GrammarWalk grammar = begin(gbnf);
        for (byte b : document.getBytes(StandardCharsets.UTF_8)) {
            int token = FIRST_BYTE_TOKEN + (b & 0xFF);
            if (!grammar.allows(token)) {
                return false;
            }
            grammar.accept(token);
        }
        return grammar.allows(TinyModel.END_TOKEN);
    }

    private static Optional<String> walk(String gbnf, Random random) {
        GrammarWalk grammar = begin(gbnf);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int step = 0; step < MAX_STEPS; step++) {
            float[] logits = new float[model.vocabulary().size()];
            grammar.restrict(logits);
            int token = pick(logits, random);
            if (token == TinyModel.END_TOKEN) {
                return Optional.of(decoded(out.toByteArray()));
            }
            out.writeBytes(model.vocabulary().piece(token));
            grammar.accept(token);
        }
        return Optional.empty();
    }

    private static GrammarWalk begin(String gbnf) {
        return Objects.requireNonNull(
                model.vocabulary().walk(model.vocabulary().grammar(Sampling.GREEDY.withGrammar(gbnf))));
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AssertionError("What a grammar lets through is no text", e);
        }
    }

    /** Any allowed token, with a liking for those that end something. */
    private static int pick(float[] logits, Random random) {
        List<Integer> allowed = new ArrayList<>();
        List<Integer> closing = new ArrayList<>();
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] != Float.NEGATIVE_INFINITY) {
                allowed.add(token);
                char character = (char) (token - FIRST_BYTE_TOKEN);
                if (token == TinyModel.END_TOKEN || "\"]},".indexOf(character) >= 0) {
                    closing.add(token);
                }
            }
        }
        List<Integer> from = !closing.isEmpty() && random.nextInt(3) > 0 ? closing : allowed;
        return from.get(random.nextInt(from.size()));
    }

    private static boolean isValid(JsonNode one, String document) {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(one.get("schema"), config);
        try {
            return schema.validate(JSON.readTree(document)).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
