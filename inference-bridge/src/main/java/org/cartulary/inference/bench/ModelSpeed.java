package org.cartulary.inference.bench;

import java.util.Arrays;
import java.util.List;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;

/**
 * How fast this machine is with a chat model, by llama.cpp bare in a process of its own.
 *
 * @param prefill tokens of a prompt read in a second
 * @param decode tokens written in a second, by one answer
 */
public record ModelSpeed(StoredModel model, double prefill, double decode) {
    private static final int PROMPT_TOKENS = 256;
    private static final int OUTPUT_TOKENS = 24;
    private static final int RUNS = 3;

    /** No less than a batch, or llama.cpp makes smaller ones. */
    private static final int CACHE_TOKENS = 512;

    /** An answer from documents: as much is read, and as much written. */
    private static final int ORDINARY_PROMPT = 1024;

    private static final int ORDINARY_ANSWER = 96;

    /** Seconds of an ordinary answer, 1,024 tokens read and 96 written. */
    public double seconds() {
        return ORDINARY_PROMPT / prefill + ORDINARY_ANSWER / decode;
    }

    /**
     * Measures two models in turns, so that what else the machine does strikes both alike; medians of three. Some 30 s.
     *
     * @param threads that compute
     * @return the speeds, in the order of the models
     */
    public static List<ModelSpeed> compare(
            InferenceConfig.Libraries libraries, StoredModel one, StoredModel other, int threads) {
        try (RawLlama first = start(libraries, one, threads);
                RawLlama second = start(libraries, other, threads)) {
            double[][] prefill = new double[2][RUNS];
            double[][] decode = new double[2][RUNS];
            List<RawLlama> sides = List.of(first, second);
            // What is measured first only warms up.
            for (int run = -1; run < RUNS; run++) {
                for (int side = 0; side < 2; side++) {
                    RawLlama.Times times = sides.get(side).run(1, PROMPT_TOKENS, OUTPUT_TOKENS);
                    if (run >= 0) {
                        prefill[side][run] = PROMPT_TOKENS * 1e9 / times.first();
                        decode[side][run] = (OUTPUT_TOKENS - 1) * 1e9 / (times.all() - times.first());
                    }
                }
            }
            return List.of(
                    new ModelSpeed(one, median(prefill[0]), median(decode[0])),
                    new ModelSpeed(other, median(prefill[1]), median(decode[1])));
        }
    }

    private static RawLlama start(InferenceConfig.Libraries libraries, StoredModel model, int threads) {
        return RawLlama.start(libraries, model.file(), 1, CACHE_TOKENS, threads);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
