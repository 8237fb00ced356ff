package org.cartulary.inference.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.cartulary.inference.embedding.Pooling;
import org.cartulary.inference.embedding.Vectors;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyBert;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoders on tiny models with random weights, native code in this process. */
final class EncoderTest {
    private static final int[] TOKENS = {TinyBert.BEGIN, 5, 9, 30, 41, TinyBert.SEPARATOR};

    private static LlamaRuntime runtime;

    @TempDir
    private Path directory;

    @BeforeAll
    static void openRuntime() {
        runtime = LlamaRuntime.open(Cache.llamaLibraries());
    }

    @Test
    void moreTokensThanTheWindowNeverReachNativeCodeWhichWouldAbort() throws IOException {
        try (LlamaModel model = bert();
                EncoderContext context = context(model, Pooling.MEAN, 16)) {
            assertThat(context.read(Arrays.copyOf(TOKENS, 16))).hasSize(TinyBert.WIDTH);
            assertThatThrownBy(() -> context.read(new int[17])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.read(new int[0])).isInstanceOf(IllegalArgumentException.class);
            assertThat(context.read(TOKENS)).hasSize(TinyBert.WIDTH);
        }
    }

    @Test
    void aWindowBeyondTheTrainedOneIsRefused() throws IOException {
        try (LlamaModel model = bert()) {
            assertThatThrownBy(() -> context(model, Pooling.MEAN, TinyBert.WINDOW + 1))
                    .isInstanceOf(LlamaUnavailable.class)
                    .hasMessageContaining("1 to 64 tokens");
        }
    }

    @Test
    void readsTheSameTextTheSameAfterAnyOther() throws IOException {
        try (LlamaModel model = bert();
                EncoderContext context = context(model, Pooling.CLS, 64)) {
            float[] first = context.read(TOKENS);
            context.read(new int[64]);
            assertThat(context.read(TOKENS)).containsExactly(first);
        }
    }

    @Test
    void bothContextsOfALaneAgree() throws IOException {
        try (LlamaModel model = bert();
                EncoderContext plain = new EncoderContext(model, Pooling.MEAN, 64, 1, FlashAttention.OFF);
                EncoderContext flash = new EncoderContext(model, Pooling.MEAN, 64, 1, FlashAttention.AUTO)) {
            assertThat(Vectors.cosine(plain.read(TOKENS), flash.read(TOKENS))).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void aDecoderEmbedsByItsLastTokenAndForgetsTheTextBefore() throws IOException {
        StoredModel llama = TinyModel.in(directory);
        try (LlamaModel model = LlamaModel.load(runtime, llama.file());
                EncoderContext context = context(model, Pooling.LAST, 128)) {
            float[] first = context.read(new int[] {1, 270, 271});
            assertThat(context.read(new int[] {1, 280, 281, 282})).isNotEqualTo(first);
            assertThat(context.read(new int[] {1, 270, 271})).containsExactly(first);
            assertThat(Vectors.requireUsable(first)).hasSize(model.dimension());
        }
    }

    @Test
    void aRerankersScoreIsWhatTheBareModelGives() throws IOException {
        StoredModel stored = TinyBert.reranker().in(directory);
        GgufEncoding encoding = new GgufEncoding(stored.manifest(), GgufHeader.read(stored.file()));
        try (LlamaRerankEngine engine = LlamaRerankEngine.load(runtime, stored.file(), encoding, 1);
                LlamaModel model = LlamaModel.load(runtime, stored.file());
                EncoderContext bare = context(model, Pooling.RANK, 64)) {
            int[] query = model.vocabulary().tokenise("the ward");
            int[] passage = model.vocabulary().tokenise("visitors log");
            int[] pair = pair(query, passage);
            assertThat(engine.tokenise("the ward", "visitors log")).containsExactly(pair);
            float logit = bare.read(pair)[0];
            float output = engine.lanes().getFirst().read(pair)[0];
            assertThat(output).isCloseTo(logit, within(1e-3f));
            assertThat(engine.score(output)).isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-3));
        }
    }

    /** As llama.cpp's server puts a pair together for a model with all these tokens: bos query eos sep passage eos. */
    private static int[] pair(int[] query, int[] passage) {
        int[] pair = new int[query.length + passage.length + 4];
        pair[0] = TinyBert.BEGIN;
        System.arraycopy(query, 0, pair, 1, query.length);
        pair[query.length + 1] = TinyBert.SEPARATOR;
        pair[query.length + 2] = TinyBert.SEPARATOR;
        System.arraycopy(passage, 0, pair, query.length + 3, passage.length);
        pair[pair.length - 1] = TinyBert.SEPARATOR;
        return pair;
    }

    private LlamaModel bert() throws IOException {
        return LlamaModel.load(runtime, TinyBert.embedder().in(directory).file());
    }

    private static EncoderContext context(LlamaModel model, Pooling pooling, int window) {
        return new EncoderContext(model, pooling, window, 1, FlashAttention.AUTO);
    }
}
