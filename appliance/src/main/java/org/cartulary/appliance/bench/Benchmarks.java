package org.cartulary.appliance.bench;

import java.util.List;
import org.cartulary.appliance.wiring.ScratchHome;

/** The benchmarks by name. */
public final class Benchmarks {
    public static final List<String> NAMES = List.of("evidence");

    private Benchmarks() {}

    /**
     * Runs one in an installation of its own, which is deleted afterwards.
     *
     * @param name one of {@link #NAMES}
     */
    public static List<Comparison> run(String name) {
        return switch (name) {
            case "evidence" ->
                ScratchHome.with(parts -> List.of(new EvidenceBenchmark(parts.jdbi(), parts.evidence()).run()));
            default -> throw new IllegalArgumentException("There is no benchmark " + name);
        };
    }
}
