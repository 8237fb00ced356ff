package org.cartulary.ingest;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Jobs counted.
 *
 * @param states how many jobs are in each state; states without jobs are absent
 * @param failures how many failed by code of failure, for example {@code encrypted}
 */
public record JobSummary(Map<JobState, Long> states, SortedMap<String, Long> failures) {
    public JobSummary {
        states = states.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(states));
        failures = Collections.unmodifiableSortedMap(new TreeMap<>(failures));
    }

    public long count(JobState state) {
        return states.getOrDefault(state, 0L);
    }

    /** Jobs on which something will still happen. */
    public long open() {
        return states.entrySet().stream()
                .filter(entry -> !entry.getKey().isFinal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** For people: "9812 ready, 140 duplicate, 37 failed (21 encrypted, 16 no_text)". */
    public String sentence() {
        String counts = states.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey().wireName())
                .collect(Collectors.joining(", "));
        String causes = failures.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return (counts.isEmpty() ? "no files" : counts) + (causes.isEmpty() ? "" : " (" + causes + ")");
    }
}
