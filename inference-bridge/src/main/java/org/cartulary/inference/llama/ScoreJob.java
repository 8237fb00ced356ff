package org.cartulary.inference.llama;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cartulary.inference.InferenceFailed;
import org.jspecify.annotations.Nullable;

/**
 * Scores several texts as the answer to one prompt. The prompt is read once; each text shares its cache entries in a
 * sequence of its own, and several texts are read in one step.
 */
final class ScoreJob extends Job {
    /** Outputs of a step that stay free for answers, as many as there can be. */
    private static final int OUTPUTS_FOR_ANSWERS = 32;

    /** Texts read side by side. */
    static final int LANES = 8;

    /** Most tokens of the texts that are read side by side. */
    static final int LANE_TOKENS = 512;

    private final PromptTokens prompt;
    private final List<int[]> continuations;
    private final int firstLane;
    private final CompletableFuture<List<Double>> result;
    private final double[] sums;
    private final List<Read> reads = new ArrayList<>();

    private @Nullable PromptReader reader;
    private boolean promptDone;
    private int laneStart;
    private int laneEnd;
    private int lane;
    private int laneOffset;

    /** A token in the batch whose successor's probability is wanted. */
    private record Read(int continuation, int successor, int output) {}

    /**
     * @param continuations tokens of each text, 1 to {@link #LANE_TOKENS} each
     * @param firstLane first of {@link #LANES} sequences that are this job's own
     */
    ScoreJob(
            String caller,
            PromptTokens prompt,
            List<int[]> continuations,
            int firstLane,
            long deadlineNanos,
            CompletableFuture<List<Double>> result) {
        super(caller, prompt.length() + LANE_TOKENS, deadlineNanos);
        this.prompt = prompt;
        this.continuations = continuations;
        this.firstLane = firstLane;
        this.result = result;
        this.sums = new double[continuations.size()];
    }

    @Override
    boolean ready() {
        return true;
    }

    @Override
    boolean decoding() {
        return false;
    }

    @Override
    void begin(LlamaContext context, PromptCache cache, int sequence) {
        reader = new PromptReader(prompt, context, cache, sequence);
    }

    @Override
    int contribute(TokenBatch batch, int limit) {
        return promptDone ? contributeLanes(batch, limit) : begun().contribute(batch, limit);
    }

    private int contributeLanes(TokenBatch batch, int limit) {
        int count = 0;
        reads.clear();
        while (lane < laneEnd && count < limit && batch.outputRoom() > OUTPUTS_FOR_ANSWERS) {
            int[] tokens = continuations.get(lane);
            if (laneOffset == tokens.length - 1) {
                lane++;
                laneOffset = 0;
            } else {
                int output =
                        batch.add(tokens[laneOffset], prompt.length() + laneOffset, firstLane + lane - laneStart, true);
                reads.add(new Read(lane, tokens[laneOffset + 1], output));
                laneOffset++;
                count++;
            }
        }
        return count;
    }

    @Override
    void absorb() {
        PromptReader begun = begun();
        if (promptDone) {
            for (Read read : reads) {
                sums[read.continuation()] +=
                        LogLikelihood.of(read.successor(), begun.context().logits(read.output()));
            }
        } else {
            begun.shareFixed();
            if (!begun.finished()) {
                return;
            }
            promptDone = true;
            float[] logits = begun.logits();
            double scale = LogLikelihood.scale(logits);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = logits[continuations.get(i)[0]] - scale;
            }
        }
        advance(begun.context());
    }

    /** Opens the next lanes when the open ones are read, or ends. */
    private void advance(LlamaContext owner) {
        skipFinished();
        while (lane == laneEnd) {
            forgetLanes(owner);
            if (laneEnd == continuations.size()) {
                finish();
                return;
            }
            openLanes(owner);
            skipFinished();
        }
    }

    /** A text of one token needs no reading: its probability stands after the prompt. */
    private void skipFinished() {
        while (lane < laneEnd && laneOffset == continuations.get(lane).length - 1) {
            lane++;
            laneOffset = 0;
        }
    }

    private void openLanes(LlamaContext owner) {
        laneStart = laneEnd;
        int tokens = 0;
        while (laneEnd < continuations.size()
                && laneEnd - laneStart < LANES
                && tokens + continuations.get(laneEnd).length <= LANE_TOKENS) {
            tokens += continuations.get(laneEnd).length;
            owner.share(begun().sequence(), firstLane + laneEnd - laneStart, prompt.length());
            laneEnd++;
        }
    }

    private void forgetLanes(LlamaContext owner) {
        for (int i = 0; i < laneEnd - laneStart; i++) {
            owner.forget(firstLane + i, 0);
        }
        laneStart = laneEnd;
    }

    private void finish() {
        end();
        List<Double> means = new ArrayList<>();
        for (int i = 0; i < sums.length; i++) {
            means.add(sums[i] / continuations.get(i).length);
        }
        result.complete(means);
    }

    @Override
    void stop() {
        end();
        result.completeExceptionally(new InferenceFailed(
                cancelled()
                        ? "The scoring was cancelled."
                        : "The scoring did not end before its deadline: allow more time or score fewer texts."));
    }

    @Override
    void fail(RuntimeException fault) {
        spoil();
        end();
        result.completeExceptionally(fault);
    }

    @Override
    void release() {
        if (reader != null) {
            forgetLanes(reader.context());
        }
    }

    private PromptReader begun() {
        if (reader == null) {
            throw new IllegalStateException("Not begun: " + Arrays.toString(sums));
        }
        return reader;
    }
}
