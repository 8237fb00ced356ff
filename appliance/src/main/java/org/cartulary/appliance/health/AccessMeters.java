package org.cartulary.appliance.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;
import org.cartulary.appliance.accounts.PasswordChecks;
import org.cartulary.appliance.accounts.SignIns;
import org.cartulary.appliance.accounts.Usage;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.emergency.Emergencies;
import org.jdbi.v3.core.Jdbi;

/** Who gets in and who does not, and emergencies that wait for a review; an alert hangs on the last two. */
@Singleton
final class AccessMeters implements MeterBinder {
    private final SignIns signIns;
    private final PasswordChecks checks;
    private final Usage usage;
    private final Authority authority;
    private final Jdbi jdbi;

    AccessMeters(SignIns signIns, PasswordChecks checks, Usage usage, Authority authority, Jdbi jdbi) {
        this.signIns = signIns;
        this.checks = checks;
        this.usage = usage;
        this.authority = authority;
        this.jdbi = jdbi;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "cartulary.sign.ins.refused", here -> here.signIns.refused());
        counter(registry, "cartulary.passwords.checked", here -> here.checks.done());
        counter(registry, "cartulary.passwords.refused", here -> here.checks.refused());
        counter(registry, "cartulary.requests.over.limit", here -> here.usage.refused());
        gauge(registry, "cartulary.emergencies.open", Emergencies.Count::open);
        gauge(registry, "cartulary.emergencies.to.review", Emergencies.Count::toReview);
        gauge(registry, "cartulary.emergencies.overdue", Emergencies.Count::overdue);
    }

    private void counter(MeterRegistry registry, String name, ToDoubleFunction<AccessMeters> value) {
        FunctionCounter.builder(name, this, value).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Emergencies.Count> value) {
        Gauge.builder(
                        name,
                        this,
                        here -> value.applyAsDouble(here.jdbi.inTransaction(
                                handle -> here.authority.emergencies().count(handle))))
                .register(registry);
    }
}
