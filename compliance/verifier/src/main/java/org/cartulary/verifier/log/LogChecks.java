package org.cartulary.verifier.log;

import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.Checklist;

/** The checks that every log undergoes, in the order of the report. */
public record LogChecks(
        Check leafHashes, Check tileHashes, Check root, Check leafForm, Check questions, Check shards, Check times) {
    public static LogChecks addTo(Checklist list) {
        return new LogChecks(
                list.add("leaves hash to level 0 of the tree", "entries"),
                list.add("every tile above follows from those below", "hashes"),
                list.add("root of the checkpoint follows from the leaves", "roots"),
                list.add("leaves are canonical and show only what they may", "entries"),
                list.add("questions: asked first, at most one end, no number twice", "questions"),
                list.add("shards open, close and follow one another", "links"),
                list.add("times", "entries"));
    }
}
