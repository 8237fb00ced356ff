package org.cartulary.inference.llama;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What each step of the engine reads: first a token of every running answer, then prompts, in slices so short that the
 * answers keep moving, and shared out evenly, so that a short prompt does not wait for a long one. The engine's thread
 * only, but for the speeds.
 */
final class StepPlan {
    /** How long reading prompts may hold up running answers, in seconds a step. */
    private static final double LONGEST_PAUSE = 0.25;

    /** How long a step may take at most, in seconds: cancels wait for it, and whoever watches for progress. */
    private static final double LONGEST_STEP = 10;

    /** Below this, weights are fetched from memory more often than it is worth. */
    private static final int SMALLEST_SLICE = 32;

    private final Speed prefill = new Speed();
    private final Speed decode = new Speed();
    private boolean generatingOnly;

    /** Prompts that were read in all steps together: the next step begins with the reader after the last one. */
    private int turns;

    /** Fills the batch, and returns the jobs that have part in it. */
    List<Job> fill(TokenBatch batch, List<Job> candidates) {
        batch.clear();
        List<Job> contributors = new ArrayList<>();
        for (Job job : candidates) {
            if (job.decoding()) {
                job.contribute(batch, 1);
                contributors.add(job);
            }
        }
        List<Job> readers = inTurn(
                candidates.stream().filter(job -> !contributors.contains(job)).toList());
        double pause = contributors.isEmpty() ? LONGEST_STEP : LONGEST_PAUSE;
        List<Job> read = share(batch, readers, Math.min(batch.room(), slice(pause)));
        turns += read.size();
        contributors.addAll(read);
        generatingOnly = readers.isEmpty();
        return contributors;
    }

    /** A slice may be too short for all of them, so each is the first once in a round. */
    private List<Job> inTurn(List<Job> readers) {
        List<Job> turned = new ArrayList<>(readers);
        if (!readers.isEmpty()) {
            Collections.rotate(turned, -Math.floorMod(turns, readers.size()));
        }
        return turned;
    }

    /** Each reader gets an even part of the room; what one does not need goes to those after it. */
    private static List<Job> share(TokenBatch batch, List<Job> readers, int room) {
        List<Job> contributors = new ArrayList<>();
        int left = room;
        for (int i = 0; i < readers.size() && left > 0; i++) {
            int part = Math.max(SMALLEST_SLICE, left / (readers.size() - i));
            int count = readers.get(i).contribute(batch, Math.min(left, part));
            left -= count;
            if (count > 0) {
                contributors.add(readers.get(i));
            }
        }
        return contributors;
    }

    /** Tokens that take so many seconds; few while the speed is unknown. */
    private int slice(double seconds) {
        double rate = prefill.tokensPerSecond();
        return rate == 0 ? 2 * SMALLEST_SLICE : (int) Math.max(SMALLEST_SLICE, rate * seconds);
    }

    /** Notes how long the step took. */
    void measure(int tokens, long nanos) {
        (generatingOnly ? decode : prefill).add(tokens, nanos);
    }

    double prefillSpeed() {
        return prefill.tokensPerSecond();
    }

    double decodeSpeed() {
        return decode.tokensPerSecond();
    }
}
