package org.cartulary.inference.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A text as the pieces that a model can read: itself where it fits, otherwise windows over its tokens. Every window has
 * the special tokens and the prefix around it; its text overlaps the last one's by an eighth of what fits, and the last
 * window may be shorter.
 *
 * @param pieces at least one
 * @param weights tokens of the text in each piece, by which its vector counts
 */
public record Windows(List<int[]> pieces, List<Integer> weights) {
    /** Most windows over one text. */
    public static final int MOST = 128;

    private static final int OVERLAP = 8;

    /**
     * Cuts the tokens of a text.
     *
     * @param tokens of the whole text, special ones and prefix included
     * @param frame tokens of the empty text, so that what belongs around every window is known
     * @param maxTokens of a piece; above those of the frame
     */
    public static Windows over(int[] tokens, int[] frame, int maxTokens) {
        if (tokens.length <= maxTokens) {
            return new Windows(List.of(tokens), List.of(tokens.length));
        }
        int head = commonHead(tokens, frame);
        int tail = commonTail(tokens, frame, frame.length - head);
        int room = maxTokens - head - tail;
        int step = Math.max(1, room - room / OVERLAP);
        int end = tokens.length - tail;
        List<int[]> pieces = new ArrayList<>();
        List<Integer> weights = new ArrayList<>();
        int to = head;
        for (int from = head; to < end; from += step) {
            to = Math.min(end, from + room);
            pieces.add(piece(tokens, head, from, to, tail));
            weights.add(to - from);
        }
        return new Windows(pieces, weights);
    }

    /**
     * The vector of the whole text.
     *
     * @param vectors one of each piece, in order
     */
    public float[] vector(List<float[]> vectors, boolean normalise) {
        if (vectors.size() == 1) {
            return vectors.getFirst();
        }
        float[] mean = Vectors.requireUsable(Vectors.mean(vectors, weights));
        return normalise ? Vectors.normalise(mean) : mean;
    }

    private static int[] piece(int[] tokens, int head, int from, int to, int tail) {
        int[] piece = new int[head + to - from + tail];
        System.arraycopy(tokens, 0, piece, 0, head);
        System.arraycopy(tokens, from, piece, head, to - from);
        System.arraycopy(tokens, tokens.length - tail, piece, head + to - from, tail);
        return piece;
    }

    private static int commonHead(int[] tokens, int[] frame) {
        int mismatch = Arrays.mismatch(tokens, frame);
        return mismatch < 0 ? frame.length : Math.min(mismatch, frame.length);
    }

    private static int commonTail(int[] tokens, int[] frame, int most) {
        int tail = 0;
        while (tail < most && tokens[tokens.length - 1 - tail] == frame[frame.length - 1 - tail]) {
            tail++;
        }
        return tail;
    }
}
