package org.cartulary.retrieval.understanding;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /**
     * A document that a question may name.
     *
     * @param name what the question calls it, without a year
     * @param years in its title and path; that of its date where there is none
     * @param tellsYears whether title or path have one
     */
    private record Candidate(
            UUID id, String path, String name, SortedSet<Integer> years, boolean tellsYears, boolean inScope) {
        boolean isOf(SortedSet<Integer> some) {
            return !Collections.disjoint(years, some);
        }
    }

    Named in(String question, SearchScope scope) {
        List<String> names = DocumentNames.in(question);
        List<Candidate> files = candidates(names.stream().filter(DocumentNames::isFile), scope);
        if (!files.isEmpty()) {
            return narrowed(
                    scope,
                    files,
                    notes(files, Understood.Kind.DOCUMENT, "searched alone, as the question names the file"));
        }
        List<Candidate> titles = candidates(names.stream().filter(name -> !DocumentNames.isFile(name)), scope);
        SortedSet<Integer> years = DocumentNames.years(question);
        return ofYears(years, titles, scope).orElseGet(() -> preferred(titles, scope));
    }

    /**
     * Versions that differ by a year, or titles with their year: no other is meant, though it may be superseded. A year tells
     * only documents of one name apart; what else the question names is looked at too.
     */
    private static Optional<Named> ofYears(SortedSet<Integer> years, List<Candidate> candidates, SearchScope scope) {
        SortedMap<String, List<Candidate>> byName = wholeNames(candidates).stream()
                .collect(Collectors.groupingBy(Candidate::name, TreeMap::new, Collectors.toList()));
        List<Candidate> versions = new ArrayList<>();
        List<Candidate> others = new ArrayList<>();
        byName.values().forEach(same -> {
            List<Candidate> of = ofYears(years, same);
            versions.addAll(of);
            if (of.isEmpty()) {
                same.stream().filter(Candidate::inScope).forEach(others::add);
            }
        });
        if (versions.isEmpty()) {
            return Optional.empty();
        }
        List<Understood> notes = new ArrayList<>();
        for (Candidate version : versions) {
            SortedSet<Integer> its = new TreeSet<>(years);
            its.retainAll(version.years());
            notes.add(
                    new Understood(Understood.Kind.YEAR, version.path(), "searched alone, as it is of " + its.first()));
        }
        notes.addAll(notes(others, Understood.Kind.DOCUMENT, "searched beside it, as the question names it too"));
        return Optional.of(narrowed(
                scope, Stream.concat(versions.stream(), others.stream()).toList(), notes));
    }

    /** Of documents of one name; none where years tell them not apart. */
    private static List<Candidate> ofYears(SortedSet<Integer> years, List<Candidate> same) {
        List<Candidate> of =
                same.stream().filter(candidate -> candidate.isOf(years)).toList();
        boolean told = of.stream().anyMatch(Candidate::tellsYears);
        return told || of.size() < same.size() ? of : List.of();
    }

    /** A name within a longer one, such as the policy within the visitor policy, is not what the question says. */
    private static List<Candidate> wholeNames(List<Candidate> candidates) {
        return candidates.stream()
                .filter(one -> candidates.stream().noneMatch(other -> isWithin(one.name(), other.name())))
                .toList();
    }

    private static boolean isWithin(String name, String longer) {
        return name.length() < longer.length() && (" " + longer + " ").contains(" " + name + " ");
    }

    /** Of what is looked at, those that the question names. */
    private static Named preferred(List<Candidate> candidates, SearchScope scope) {
        List<Candidate> meant =
                wholeNames(candidates.stream().filter(Candidate::inScope).toList());
        return new Named(scope, ids(meant), notes(meant, Understood.Kind.DOCUMENT, "preferred"));
    }

    /** Whoever names a version wants it, though another may have taken its place; its standing is told. */
    private static Named narrowed(SearchScope scope, List<Candidate> meant, List<Understood> notes) {
        boolean asUsual = scope.standings().equals(EnumSet.of(Standing.IN_FORCE));
        Set<Standing> standings = asUsual ? HELD_ONCE : scope.standings();
        return new Named(scope.narrowedTo(ids(meant), standings), new TreeSet<>(), notes);
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

    /** In a scope that is narrowed already, nothing else is named. */
    private List<Candidate> candidates(Stream<String> called, SearchScope scope) {
        List<String> names = called.toList();
        Set<Long> passages = lexical.named(names, scope.markings(), MOST);
        if (passages.isEmpty()) {
            return List.of();
        }
        return jdbi.withHandle(handle -> handle
                .createQuery("""
                        SELECT d.* FROM retrieval.documents d JOIN retrieval.passages p ON p.document = d.id
                        WHERE p.id = ANY(:passages) AND d.marking = ANY(:readable) AND d.state = 'ready'
                        """)
                .bindArray("passages", Long.class, passages)
                .bindArray("readable", Long.class, scope.markings())
                .map((row, context) -> candidate(row, names, scope))
                .stream()
                .filter(candidate -> !candidate.name().isEmpty())
                .filter(candidate ->
                        scope.documents().isEmpty() || scope.documents().contains(candidate.id()))
                .sorted(Comparator.comparing(Candidate::path))
                .toList());
    }

    private static Candidate candidate(ResultSet row, List<String> names, SearchScope scope) throws SQLException {
        String title = row.getString("title");
        String path = row.getString("path");
        SortedSet<Integer> years = DocumentNames.years(title + " " + path);
        return new Candidate(
                row.getObject("id", UUID.class),
                path,
                DocumentNames.withoutYears(DocumentNames.called(names, title, path)),
                years.isEmpty() ? new TreeSet<>(Set.of(ScopeColumns.dated(row).getYear())) : years,
                !years.isEmpty(),
                scope.standings().contains(ScopeColumns.validity(row).on(scope.on())));
    }
}
