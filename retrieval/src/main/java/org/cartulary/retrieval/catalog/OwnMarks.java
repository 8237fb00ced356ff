package org.cartulary.retrieval.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a document is marked with itself, beside what its path says.
 *
 * @param labels ids
 * @param level null where only path and house decide
 */
public record OwnMarks(SortedSet<UUID> labels, @Nullable Integer level) {
    public static final OwnMarks NONE = new OwnMarks(new TreeSet<>(), null);

    public OwnMarks {
        labels = Collections.unmodifiableSortedSet(new TreeSet<>(labels));
    }

    static OwnMarks of(ResultSet row) throws SQLException {
        return new OwnMarks(
                new TreeSet<>(Arrays.asList((UUID[]) row.getArray("labels").getArray())),
                row.getObject("level", Integer.class));
    }

    /** Both: what a document that is replaced was marked with, its successor is too. */
    OwnMarks and(OwnMarks other) {
        SortedSet<UUID> both = new TreeSet<>(labels);
        both.addAll(other.labels);
        Integer highest = level == null ? other.level : level;
        if (level != null && other.level != null) {
            highest = Math.max(level, other.level);
        }
        return new OwnMarks(both, highest);
    }
}
