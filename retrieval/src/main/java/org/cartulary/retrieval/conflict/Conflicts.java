package org.cartulary.retrieval.conflict;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cartulary.retrieval.lexical.Analysis;
import org.cartulary.retrieval.scope.Standing;
import org.cartulary.retrieval.search.Hit;
import org.cartulary.retrieval.search.QuestionTerm;
import org.cartulary.retrieval.search.SearchResult;
import org.cartulary.retrieval.sentence.Sentence;
import org.cartulary.retrieval.sentence.Sentences;

/**
 * Finds statements about what was asked that differ between documents in force: other amounts of the same unit, other times of
 * day, or a denial, in sentences of mostly the same words. Two rules that are worded quite differently pass unnoticed; what
 * is found is for a person to look at. Stateless.
 */
public final class Conflicts {
    /** Passages that are held against one another, however many were asked for. */
    public static final int PASSAGES = 10;

    private static final int STATEMENTS = 60;
    private static final int MOST = 3;

    /** Share of the question's weight that a statement with its headings must have to be about what was asked. */
    private static final double CONCERNED = 0.5;

    private Conflicts() {}

    /** The first few, those of the best hits first. */
    public static List<Conflict> among(SearchResult found) {
        List<Weighed> statements = statements(found);
        List<Conflict> conflicts = new ArrayList<>();
        Set<Set<Object>> pairs = new HashSet<>();
        for (int i = 0; i < statements.size(); i++) {
            for (int j = i + 1; j < statements.size() && conflicts.size() < MOST; j++) {
                Weighed one = statements.get(i);
                Weighed other = statements.get(j);
                if (bothHold(one.statement().hit(), other.statement().hit())) {
                    one.saying().difference(other.saying()).ifPresent(difference -> {
                        // One for each pair of documents: the best ranked tells what the matter is.
                        if (pairs.add(Set.of(
                                one.statement().hit().document(),
                                other.statement().hit().document()))) {
                            conflicts.add(new Conflict(one.statement(), other.statement(), difference));
                        }
                    });
                }
            }
        }
        return conflicts;
    }

    private record Weighed(Statement statement, Saying saying) {}

    private static List<Weighed> statements(SearchResult found) {
        List<Weighed> statements = new ArrayList<>();
        for (Hit hit : found.hits().subList(0, Math.min(PASSAGES, found.hits().size()))) {
            String headings = hit.title() + "\n" + (hit.anchor() == null ? "" : hit.anchor());
            Set<String> above = new HashSet<>(Analysis.terms(headings));
            for (Sentence sentence : Sentences.split(hit.text())) {
                if (statements.size() < STATEMENTS && concerned(found.terms(), above, sentence.text())) {
                    statements.add(new Weighed(
                            new Statement(
                                    hit, sentence.text(), hit.start() + sentence.start(), hit.start() + sentence.end()),
                            Saying.of(sentence.text(), headings, hit.language())));
                }
            }
        }
        return statements;
    }

    private static boolean concerned(List<QuestionTerm> wanted, Set<String> above, String sentence) {
        Set<String> own = new HashSet<>(Analysis.terms(sentence));
        double all = 0;
        double held = 0;
        boolean itself = false;
        for (QuestionTerm term : wanted) {
            all += term.weight();
            if (own.contains(term.term())) {
                held += term.weight();
                itself = true;
            } else if (above.contains(term.term())) {
                held += term.weight();
            }
        }
        return itself && held >= CONCERNED * all;
    }

    /** Two sites may each have their rule. */
    private static boolean bothHold(Hit one, Hit other) {
        String site = one.holding().site();
        String otherSite = other.holding().site();
        return !one.document().equals(other.document())
                && one.holding().standing() == Standing.IN_FORCE
                && other.holding().standing() == Standing.IN_FORCE
                && (site == null || otherSite == null || site.equals(otherSite));
    }
}
