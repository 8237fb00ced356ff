package org.cartulary.inference.llama;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Sampling;
import org.cartulary.inference.grammar.GrammarWalk;
import org.cartulary.inference.grammar.JsonSchemaGrammar;
import org.cartulary.inference.grammar.RandomGrammar;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our grammars against llama.cpp's own, token by token: the same tokens are let through after the same beginnings.
 * Three differences are meant: tokens that write nothing are never let through, the text stays well-formed UTF-8 (both
 * are taken out of what llama.cpp says), and {@code [^é]} does not stop at a byte that {@code é} begins with.
 */
final class NativeAgreementTest {
    private static final int GRAMMARS = 400;
    private static final int STEPS = 25;

    /** llama.cpp may take twice the time for each byte more. */
    private static final int MAX_BYTES = 20;

    private static LlamaRuntime runtime;
    private static LlamaModel model;
    private static JsonNode schemas;

    @BeforeAll
    static void load(@TempDir Path directory) throws IOException {
        runtime = LlamaRuntime.open(Cache.llamaLibraries());
        model = LlamaModel.load(runtime, TinyModel.in(directory).file());
        try (InputStream in = JsonSchemaGrammar.class.getResourceAsStream("schemas.json")) {
            schemas = new ObjectMapper().readTree(Objects.requireNonNull(in));
        }
    }

    @AfterAll
    static void free() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void letsTheSameTokensThroughUnderRandomGrammars() {
        Random random = new Random(20261122);
        int beyondAscii = 0;
        for (int i = 0; i < GRAMMARS; i++) {
            beyondAscii += compare(model.vocabulary(), RandomGrammar.of(random), random);
        }
        assertThat(beyondAscii).isGreaterThan(GRAMMARS);
    }

    @Test
    void letsTheSameTokensThroughUnderTheGrammarsOfSchemas() {
        Random random = new Random(7);
        for (JsonNode one : schemas) {
            compare(model.vocabulary(), JsonSchemaGrammar.of(one.get("schema")), random);
        }
        compare(model.vocabulary(), JsonSchemaGrammar.anyObject(), random);
    }

    @Test
    void letsTheSameTokensThroughOfTheDefaultModelsVocabulary() {
        StoredModel chat = new ModelStore(Cache.directory().resolve("models")).defaultFor(ModelCard.Role.CHAT);
        Random random = new Random(11);
        try (LlamaModel large = LlamaModel.load(runtime, chat.file())) {
            compare(large.vocabulary(), JsonSchemaGrammar.anyObject(), random);
            for (int i = 0; i < 8; i++) {
                compare(large.vocabulary(), RandomGrammar.of(random), random);
            }
        }
    }

    /** Gives how many tokens of the walk held a byte beyond ASCII. */
    private static int compare(Vocabulary vocabulary, String gbnf, Random random) {
        GrammarWalk ours =
                Objects.requireNonNull(vocabulary.walk(vocabulary.grammar(Sampling.GREEDY.withGrammar(gbnf))));
        List<Byte> written = new ArrayList<>();
        int beyondAscii = 0;
        try (NativeGrammar theirs = new NativeGrammar(vocabulary, gbnf)) {
            assertThat(theirs.isUsable()).as(gbnf).isTrue();
            for (int step = 0; step < STEPS && written.size() < MAX_BYTES; step++) {
                BitSet allowed = allowed(vocabulary, ours);
                assertThat(allowed)
                        .as("%s after %s", gbnf, written)
                        .isEqualTo(wellFormed(vocabulary, theirs.allowed(), written));
                int token = pick(vocabulary, allowed, random);
                if (token < 0 || vocabulary.endsAnswer(token)) {
                    break;
                }
                ours.accept(token);
                theirs.accept(token);
                for (byte b : vocabulary.piece(token)) {
                    written.add(b);
                    beyondAscii += b < 0 ? 1 : 0;
                }
            }
        }
        return beyondAscii;
    }

    private static BitSet allowed(Vocabulary vocabulary, GrammarWalk walk) {
        float[] logits = new float[vocabulary.size()];
        walk.restrict(logits);
        BitSet allowed = new BitSet();
        for (int token = 0; token < logits.length; token++) {
            allowed.set(token, logits[token] == 0);
        }
        return allowed;
    }

    /** Tokens beyond ASCII are taken as often as others, though they are few. */
    private static int pick(Vocabulary vocabulary, BitSet allowed, Random random) {
        List<Integer> plain = new ArrayList<>();
        List<Integer> beyond = new ArrayList<>();
        allowed.stream().forEach(token -> {
            byte[] piece = vocabulary.piece(token);
            (piece.length > 0 && piece[0] < 0 ? beyond : plain).add(token);
        });
        List<Integer> from = plain.isEmpty() || (!beyond.isEmpty() && random.nextBoolean()) ? beyond : plain;
        return from.isEmpty() ? -1 : from.get(random.nextInt(from.size()));
    }

    private static BitSet wellFormed(Vocabulary vocabulary, BitSet allowed, List<Byte> written) {
        BitSet left = (BitSet) allowed.clone();
        allowed.stream()
                .filter(token -> !vocabulary.endsAnswer(token))
                .filter(token -> !mayFollow(written, vocabulary.piece(token)))
                .forEach(left::clear);
        if (!mayFollow(written, new byte[] {'a'})) {
            // Within a character nothing can end.
            allowed.stream().filter(vocabulary::endsAnswer).forEach(left::clear);
        }
        return left;
    }

    private static boolean mayFollow(List<Byte> written, byte[] piece) {
        ByteBuffer all = ByteBuffer.allocate(written.size() + piece.length);
        written.forEach(all::put);
        all.put(piece).flip();
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        return piece.length > 0
                && !beginsASurrogate(all)
                && !decoder.decode(all, CharBuffer.allocate(all.capacity() + 1), false)
                        .isError();
    }

    /** Which the decoder only notices when it is whole. */
    private static boolean beginsASurrogate(ByteBuffer all) {
        for (int i = 1; i < all.limit(); i++) {
            if (all.get(i - 1) == (byte) 0xED && (all.get(i) & 0xFF) >= 0xA0) {
                return true;
            }
        }
        return false;
    }
}
