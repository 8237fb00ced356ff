package org.cartulary.ingest.chunk;

import org.cartulary.ingest.structure.Block;

/**
 * The smallest piece that a passage takes whole: a heading, a row, a sentence.
 *
 * @param first of its block
 * @param start offset into the document's text
 * @param end offset after its last character
 * @param tokens as the embedder counts them; 0 until counted
 */
record Unit(Block block, boolean first, int start, int end, int tokens) {
    Unit withTokens(int counted) {
        return new Unit(block, first, start, end, counted);
    }

    Unit withFirst(boolean leads) {
        return new Unit(block, leads, start, end, tokens);
    }

    int length() {
        return end - start;
    }

    String in(String text) {
        return text.substring(start, end);
    }
}
