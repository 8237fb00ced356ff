package org.cartulary.ingest.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cartulary.ingest.structure.StructuredDocument;
import org.jspecify.annotations.Nullable;

/**
 * Cuts along structure. A passage stays under one heading, and begins with it, and on one page; small blocks share a
 * passage; a block that
 * does not fit is cut between sentences, a row never (unless the row alone is longer than a passage). Headings with nothing
 * under them lead the passage of the next. Thread-safe.
 */
public final class Chunker {
    /** Goes up with every change that moves a boundary: passages of different versions must not be mixed. */
    public static final int VERSION = 2;

    public static final int DEFAULT_MAX_TOKENS = 256;
    private final TokenCounter counter;
    private final int maxTokens;

    /** @param maxTokens of a passage, 16 to the longest input of the embedder less its special tokens and prefix */
    public Chunker(TokenCounter counter, int maxTokens) {
        if (maxTokens < 16) {
            throw new IllegalArgumentException("A passage must be allowed at least 16 tokens, not " + maxTokens);
        }
        this.counter = counter;
        this.maxTokens = maxTokens;
    }

    public ChunkedDocument chunk(StructuredDocument document) {
        Units units = new Units(counter, maxTokens);
        List<Unit> counted = units.of(document.blocks());
        return new ChunkedDocument(units.text(), new Packing(units.text()).pack(counted));
    }

    /** The state of one document's packing. */
    private final class Packing {
        private final String text;
        private final HeadingPath path = new HeadingPath();
        private final List<Passage> passages = new ArrayList<>();
        private final List<Unit> open = new ArrayList<>();
        private @Nullable String anchor;
        private int tokens;

        Packing(String text) {
            this.text = text;
        }

        List<Passage> pack(List<Unit> units) {
            for (int i = 0; i < units.size(); i++) {
                Unit unit = units.get(i);
                if (turnsPage(unit)) {
                    close();
                }
                if (unit.block().isHeading()) {
                    enter(unit);
                } else {
                    add(unit, unit.first() ? blockTokens(units, i) : unit.tokens());
                }
            }
            close();
            return passages;
        }

        private int blockTokens(List<Unit> units, int from) {
            int sum = units.get(from).tokens();
            for (int i = from + 1; i < units.size() && !units.get(i).first(); i++) {
                sum += units.get(i).tokens();
            }
            return sum;
        }

        private void enter(Unit unit) {
            if (!onlyHeadings() || tokens + unit.tokens() > maxTokens) {
                close();
            }
            if (unit.first()) {
                path.enter(unit.block());
            }
            take(unit);
        }

        /** Begins a new passage where the whole block fits into one, and the open passage is not nearly empty. */
        private void add(Unit unit, int wanted) {
            boolean fits = tokens + unit.tokens() <= maxTokens;
            boolean wholeElsewhere = tokens + wanted > maxTokens && wanted <= maxTokens && tokens >= maxTokens / 3;
            if (!fits || (wholeElsewhere && wanted > unit.tokens())) {
                close();
            }
            take(unit);
        }

        private boolean turnsPage(Unit unit) {
            return !open.isEmpty()
                    && !Objects.equals(
                            open.getLast().block().page(), unit.block().page());
        }

        private boolean onlyHeadings() {
            return open.stream().allMatch(held -> held.block().isHeading());
        }

        private void take(Unit unit) {
            anchor = path.anchor();
            open.add(unit);
            tokens += unit.tokens();
        }

        private void close() {
            if (!open.isEmpty()) {
                int start = open.getFirst().start();
                int end = open.getLast().end();
                Integer page = open.getFirst().block().page();
                passages.add(new Passage(passages.size(), text.substring(start, end), start, end, page, anchor));
            }
            open.clear();
            tokens = 0;
        }
    }
}
