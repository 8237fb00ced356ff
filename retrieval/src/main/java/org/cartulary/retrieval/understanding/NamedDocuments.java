package org.cartulary.retrieval.understanding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.cartulary.retrieval.lexical.DocumentNames;
import org.cartulary.retrieval.lexical.LexicalIndex;
import org.cartulary.retrieval.scope.ScopeColumns;
import org.cartulary.retrieval.scope.SearchScope;
import org.cartulary.retrieval.scope.Standing;
import org.jdbi.v3.core.Jdbi;

/**
 * The documents that a question names, of those that its asker may read: by file name, by title, and among several of the same
 * title by a year. Thread-safe.
 */
final class NamedDocuments {
    /** A name that more documents share names none of them. */
    private static final int MOST = 50;

    private static final Set<Standing> HELD_ONCE = EnumSet.of(Standing.IN_FORCE, Standing.SUPERSEDED, Standing.EXPIRED);

    private final Jdbi jdbi;
    private final LexicalIndex lexical;

    NamedDocuments(Jdbi jdbi, LexicalIndex lexical) {
        this.jdbi = jdbi;
        this.lexical = lexical;
    }

    /**
     * What a question names.
     *
     * @param scope narrowed where the question must mean these documents, else as it was
     * @param preferred documents that it seems to mean
     */
    record Named(SearchScope scope, SortedSet<UUID> preferred, List<Understood> notes) {
        static Named nothing(SearchScope scope) {
            return new Named(scope, new TreeSet<>(), List.of());
        }
    }

    private record Candidate(UUID id, String path, String title, LocalDate dated, boolean inScope, String calledBy) {
        boolean isOf(int year) {
            SortedSet<Integer> own = DocumentNames.years(title + " " + path);
            return own.isEmpty() ? dated.getYear() == year : own.contains(year);
        }
    }

    Named in(String question, SearchScope scope) {
        List<String> names = DocumentNames.in(question);
        Set<Long> first = lexical.named(names, scope.markings(), MOST + 1);
        if (first.isEmpty() || first.size() > MOST) {
            return Named.nothing(scope);
        }
        List<Candidate> candidates = candidates(first, names, scope);
        List<Candidate> files = candidates.stream()
                .filter(candidate -> DocumentNames.isFile(candidate.calledBy()))
                .toList();
        if (!files.isEmpty()) {
            return narrowed(files, scope, Understood.Kind.DOCUMENT, "searched alone, as the question names the file");
        }
        return ofYear(question, candidates, scope).orElseGet(() -> preferred(candidates, scope));
    }

    /** Versions that differ by a year, or a title with its year: no other is meant, though it may be superseded. */
    private static Optional<Named> ofYear(String question, List<Candidate> candidates, SearchScope scope) {
        for (int year : DocumentNames.years(question)) {
            List<Candidate> of = candidates.stream()
                    .filter(candidate -> candidate.isOf(year))
                    .toList();
            boolean told = of.stream()
                    .anyMatch(one ->
                            DocumentNames.years(one.title() + " " + one.path()).contains(year));
            if (!of.isEmpty() && (told || of.size() < candidates.size())) {
                return Optional.of(narrowed(of, scope, Understood.Kind.YEAR, "searched alone, as it is of " + year));
            }
        }
        return Optional.empty();
    }

    /** Of what is looked at, those with the longest name in the question. */
    private static Named preferred(List<Candidate> candidates, SearchScope scope) {
        List<Candidate> looked = candidates.stream().filter(Candidate::inScope).toList();
        int longest = looked.stream()
                .mapToInt(candidate -> candidate.calledBy().length())
                .max()
                .orElse(0);
        List<Candidate> meant = looked.stream()
                .filter(candidate -> candidate.calledBy().length() == longest)
                .toList();
        return new Named(scope, ids(meant), notes(meant, Understood.Kind.DOCUMENT, "preferred"));
    }

    /** Whoever names a version wants it, though another may have taken its place; its standing is told. */
    private static Named narrowed(List<Candidate> meant, SearchScope scope, Understood.Kind kind, String effect) {
        SortedSet<UUID> ids = ids(meant);
        boolean asUsual = scope.standings().equals(EnumSet.of(Standing.IN_FORCE));
        Set<Standing> standings = asUsual ? HELD_ONCE : scope.standings();
        return new Named(scope.narrowedTo(ids, standings), new TreeSet<>(), notes(meant, kind, effect));
    }

    private static SortedSet<UUID> ids(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Understood> notes(List<Candidate> meant, Understood.Kind kind, String effect) {
        return meant.stream()
                .map(Candidate::path)
                .sorted()
                .map(path -> new Understood(kind, path, effect))
                .toList();
    }

    private List<Candidate> candidates(Set<Long> passages, List<String> names, SearchScope scope) {
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        SELECT d.* FROM retrieval.documents d JOIN retrieval.passages p ON p.document = d.id
                        WHERE p.id = ANY(:passages) AND d.marking = ANY(:readable) AND d.state = 'ready'
                        """)
                .bindArray("passages", Long.class, passages)
                .bindArray("readable", Long.class, scope.markings())
                .map((row, context) -> candidate(row, names, scope))
                .stream()
                .filter(candidate -> !candidate.calledBy().isEmpty())
                .sorted(Comparator.comparing(Candidate::path))
                .toList());
    }

    private static Candidate candidate(ResultSet row, List<String> names, SearchScope scope) throws SQLException {
        return new Candidate(
                row.getObject("id", UUID.class),
                row.getString("path"),
                row.getString("title"),
                ScopeColumns.dated(row),
                scope.standings().contains(ScopeColumns.validity(row).on(scope.on())),
                DocumentNames.called(names, row.getString("title"), row.getString("path")));
    }
}
