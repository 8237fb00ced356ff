package org.cartulary.appliance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cartulary.appliance.testing.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark at a tiny size. What it takes is not looked at: that is for a quiet machine. */
class SearchBenchmarkTest {
    private static final List<String> WIDTHS = List.of("all", "50%", "5%", "0.5%", "0.01%");

    @TempDir
    private Path home;

    @Test
    void measuresEverySideUnderEveryFilterAndFindsWhatIsNearest() {
        SearchPlan plan = new SearchPlan(List.of(1_000, 2_000), List.of(1, 2), home, Checkout.demo(), 1, 10);
        List<Finding> heard = new ArrayList<>();

        Measurements measured = Benchmarks.run("search", "", plan, 1_000, heard::add);

        assertThat(measured.searches()).extracting(SearchLoad::name).containsExactlyInAnyOrderElementsOf(names(plan));
        assertThat(measured.searches()).allSatisfy(search -> {
            assertThat(search.rounds()).isEqualTo(1);
            assertThat(List.of(search.fused(), search.words(), search.meaning()))
                    .allMatch(side -> side.p50() > 0 && side.p95() >= side.p50() && side.p99() >= side.p95());
        });
        Map<String, Figure> figures =
                measured.figures().stream().collect(Collectors.toMap(Figure::name, Function.identity()));
        for (int passages : plan.passages()) {
            for (String width : WIDTHS) {
                assertThat(figure(figures, "search-" + passages + "-recall-" + width))
                        .as(width)
                        .isGreaterThanOrEqualTo(0.98);
            }
            for (String what : List.of(
                    "rate-rows",
                    "rate-vectors",
                    "rate-graph",
                    "rate-words",
                    "disk-rows",
                    "disk-vectors",
                    "disk-graph",
                    "disk-words")) {
                assertThat(figure(figures, "search-" + passages + "-" + what))
                        .as(what)
                        .isPositive();
            }
        }
        assertThat(figures).containsKeys("growth-1-all", "growth-2-0.01%");
        assertThat(heard)
                .hasSize(measured.searches().size() + measured.figures().size());

        SearchPlan again = new SearchPlan(List.of(1_000), List.of(1), home, plan.texts(), 1, 5);
        Measurements next = Benchmarks.run("search", "search-1000-rate", again, 1_000, finding -> {});
        assertThat(next.figures())
                .hasSize(4)
                .allSatisfy(figure -> assertThat(figure.median()).isEqualTo(figure(figures, figure.name())));
    }

    private static double figure(Map<String, Figure> figures, String name) {
        return Objects.requireNonNull(figures.get(name), name).median();
    }

    private static List<String> names(SearchPlan plan) {
        List<String> names = new ArrayList<>();
        for (int passages : plan.passages()) {
            for (int clients : plan.clients()) {
                WIDTHS.forEach(width -> names.add("search-" + passages + "-" + clients + "-" + width));
            }
        }
        return names;
    }
}
