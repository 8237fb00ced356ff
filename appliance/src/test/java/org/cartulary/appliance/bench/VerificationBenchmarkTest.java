package org.cartulary.appliance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cartulary.appliance.testing.Checkout;
import org.junit.jupiter.api.Test;

/** The whole benchmark at its smallest size. What it takes is not looked at: that is for a quiet machine. */
class VerificationBenchmarkTest {
    @Test
    void comparesTheVerifierOnARealBundleAndARealLogWithSha256sum() {
        System.setProperty("cartulary.verifier", Checkout.verifierJar().toString());
        List<Finding> heard = new ArrayList<>();
        Measurements measured =
                Benchmarks.run("verify", "", SearchPlan.standard(), VerificationBenchmark.MIN_ENTRIES, heard::add);
        assertThat(measured.comparisons()).extracting(Comparison::name).containsExactly("verify-bundle", "verify-log");
        assertThat(measured.figures())
                .extracting(Figure::name)
                .containsExactly("verify-bundle-rate", "verify-log-rate");
        assertThat(measured.figures()).allMatch(figure -> figure.median() > 0);
        assertThat(heard).hasSize(4);
    }
}
