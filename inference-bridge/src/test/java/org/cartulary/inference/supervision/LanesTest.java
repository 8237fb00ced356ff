package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.TinyBert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much memory the threads of embedders and rerankers take, and how many there are for it. */
final class LanesTest {
    private static final long GIB = 1L << 30;

    @TempDir
    private Path directory;

    @Test
    void eachLaneOfADecoderHoldsARowOfTheVocabularyForEachTokenOfATextAndItsKeysAndValues() {
        long logits = 2048L * 151_669 * 4;
        long cache = 2048L * 28 * 8 * 256 * 2;
        assertThat(Lanes.of(decoder(), null).bytesEach()).isBetween(logits + cache, 2 * (logits + cache));
        assertThat(Lanes.of(decoder(), 512).bytesEach()).isLessThan((logits + cache) / 2);
    }

    @Test
    void aLaneOfAnEncoderHoldsNoVocabulary() {
        Map<String, Object> values = new HashMap<>(decoder().values());
        values.put("qwen3.attention.causal", false);
        assertThat(Lanes.of(new GgufHeader(3, values, List.of()), null).bytesEach())
                .isBetween(1L << 20, 1L << 28);
    }

    @Test
    void thereAreAsManyAsFitHalfOfTheFreeMemoryAndOneAtLeast() {
        Lanes lanes = new Lanes(GIB);
        assertThat(lanes.affordable(8, GIB, 64 * GIB)).isEqualTo(8);
        assertThat(lanes.affordable(8, GIB, 7 * GIB)).isEqualTo(3);
        assertThat(lanes.affordable(8, GIB, 1)).isEqualTo(1);
        assertThat(lanes.affordable(8, GIB, Long.MAX_VALUE)).isEqualTo(8);
        assertThat(new Lanes(0).affordable(8, GIB, 1)).isEqualTo(8);
    }

    @Test
    void theLimitAndTheNeedOfAWorkerGrowWithItsLanes() throws IOException {
        StoredModel model = TinyBert.reranker().in(directory);
        InferenceConfig one = config().withThreads(1, 1);
        InferenceConfig eight = config().withThreads(1, 8);
        assertThat(new Launch(eight, model, new Lanes(GIB)).memoryLimitBytes()
                        - new Launch(one, model, new Lanes(GIB)).memoryLimitBytes())
                .isEqualTo(7 * GIB);
        assertThat(MemoryNeed.of(model, eight.sizes()) - MemoryNeed.of(model, one.sizes()))
                .isEqualTo(7 * Lanes.of(model).bytesEach())
                .isPositive();
    }

    @Test
    void aWorkerIsToldOfNoMoreThreadsThanThereIsMemoryFor() throws IOException {
        StoredModel model = TinyBert.reranker().in(directory);
        Launch launch = new Launch(config().withThreads(1, 8), model, new Lanes(Long.MAX_VALUE / 16));
        assertThat(launch.settings(directory.resolve("socket")).threads()).isEqualTo(1);
    }

    private InferenceConfig config() {
        return InferenceConfig.defaults(Cache.directory(), directory);
    }

    /** As the header of Qwen3-Reranker-0.6B. */
    private static GgufHeader decoder() {
        return new GgufHeader(
                3,
                Map.of(
                        "general.architecture", "qwen3",
                        "qwen3.context_length", 40_960L,
                        "qwen3.embedding_length", 1_024L,
                        "qwen3.feed_forward_length", 3_072L,
                        "qwen3.block_count", 28L,
                        "qwen3.attention.head_count", 16L,
                        "qwen3.attention.head_count_kv", 8L,
                        "qwen3.attention.key_length", 128L,
                        "qwen3.attention.value_length", 128L,
                        "tokenizer.ggml.tokens.length", 151_669L),
                List.of());
    }
}
