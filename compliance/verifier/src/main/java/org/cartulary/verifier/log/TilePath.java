package org.cartulary.verifier.log;

import org.jspecify.annotations.Nullable;

/**
 * Which tile or entry bundle a file of the log is.
 *
 * @param level of the tile from 0, or {@link #ENTRIES}
 * @param index within its level
 * @param width hashes or entries in it, 1 to 256
 */
public record TilePath(int level, long index, int width) {
    /** The level that stands for entry bundles. */
    public static final int ENTRIES = -1;

    /** Hashes in a full tile, entries in a full bundle. */
    public static final int FULL = 256;

    private static final String ROOT = "tile/";
    private static final int MAX_LEVEL = 63;
    private static final int MAX_INDEX_PARTS = 6;

    /** The path under the log's root, for example {@code tile/0/x001/067.p/5}. */
    public String path() {
        StringBuilder index = new StringBuilder("%03d".formatted(this.index % 1000));
        for (long rest = this.index / 1000; rest > 0; rest /= 1000) {
            index.insert(0, "x%03d/".formatted(rest % 1000));
        }
        String partial = width == FULL ? "" : ".p/" + width;
        return ROOT + (level == ENTRIES ? "entries" : level) + "/" + index + partial;
    }

    /** Reads a path; null if it is not one, or not the one spelling of it. */
    public static @Nullable TilePath parse(String path) {
        String[] parts = path.split("/", -1);
        if (!path.startsWith(ROOT) || parts.length < 3 || parts.length > MAX_INDEX_PARTS + 3) {
            return null;
        }
        boolean partial = parts[parts.length - 2].endsWith(".p");
        int end = partial ? parts.length - 1 : parts.length;
        int level = parts[1].equals("entries") ? ENTRIES : number(parts[1], MAX_LEVEL);
        int width = partial ? number(parts[parts.length - 1], FULL - 1) : FULL;
        long index = 0;
        for (int i = 2; i < end; i++) {
            String digits = parts[i].replaceAll("^x|\\.p$", "");
            int part = digits.length() == 3 ? number("1" + digits, 1999) - 1000 : -1;
            if (part < 0) {
                return null;
            }
            index = index * 1000 + part;
        }
        if (width < 1 || (level < 0 && !parts[1].equals("entries"))) {
            return null;
        }
        TilePath tile = new TilePath(level, index, width);
        return tile.path().equals(path) ? tile : null; // whatever else was odd about it shows here
    }

    private static int number(String digits, int most) {
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -2;
        }
        int value = Integer.parseInt(digits);
        return value <= most ? value : -2;
    }
}
