package org.cartulary.ingest.chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cartulary.ingest.structure.Block;
import org.jspecify.annotations.Nullable;

/** The headings above a place, outermost first. */
final class HeadingPath {
    private static final int MOST_CHARACTERS = 300;
    private final List<Block> headings = new ArrayList<>();

    void enter(Block heading) {
        headings.removeIf(open -> open.level() >= heading.level());
        headings.add(heading);
    }

    @Nullable
    String anchor() {
        if (headings.isEmpty()) {
            return null;
        }
        String path = headings.stream().map(Block::text).collect(Collectors.joining(" > "));
        return path.length() <= MOST_CHARACTERS ? path : path.substring(0, MOST_CHARACTERS - 1) + "…";
    }
}
