package org.cartulary.appliance.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.PromptCacheStatus;
import org.cartulary.inference.supervision.WorkerStatus;

/** What the modules count, as meters. They hold numbers of things, never names or texts. */
@Singleton
final class Meters implements MeterBinder {
    private final Modules modules;
    private final Clock clock;

    Meters(Modules modules, Clock clock) {
        this.modules = modules;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (ModelCard.Role role : ModelCard.Role.values()) {
            worker(registry, role, "cartulary.worker.requests.active", WorkerStatus::active);
            worker(registry, role, "cartulary.worker.requests.waiting", WorkerStatus::waiting);
            worker(registry, role, "cartulary.worker.restarts", WorkerStatus::restarts);
            worker(registry, role, "cartulary.worker.memory.bytes", WorkerStatus::memoryBytes);
        }
        promptCache(registry, "cartulary.prompts", PromptCacheStatus::requests);
        promptCache(registry, "cartulary.prompts.reused", PromptCacheStatus::hits);
        promptCache(registry, "cartulary.prompts.tokens.read", PromptCacheStatus::tokensRead);
        promptCache(registry, "cartulary.prompts.tokens.reused", PromptCacheStatus::tokensReused);
        promptCache(registry, "cartulary.prompts.evictions", PromptCacheStatus::evictions);
        promptCache(registry, "cartulary.prompts.tokens.held", PromptCacheStatus::heldTokens);
        gauge(registry, "cartulary.ingest.queued", here -> here.ingest().queued());
        gauge(registry, "cartulary.ingest.queued.limit", here -> here.ingest().maxQueued());
        gauge(
                registry,
                "cartulary.log.entries",
                here -> here.evidence().status().publishedSize());
        gauge(
                registry,
                "cartulary.log.pending",
                here -> here.evidence().status().pending());
        gauge(
                registry,
                "cartulary.log.stopped",
                here -> here.evidence().status().stoppedReason() == null ? 0 : 1);
        gauge(
                registry,
                "cartulary.log.checkpoint.age.seconds",
                here -> Duration.between(here.evidence().status().checkpointTime(), clock.instant())
                        .toSeconds());
        for (EntryType type : modules.questions().counted()) {
            FunctionCounter.builder(
                            "cartulary.questions",
                            modules,
                            here -> here.questions().count(type))
                    .tag("entry", type.wireName())
                    .register(registry);
        }
    }

    private void promptCache(MeterRegistry registry, String name, ToDoubleFunction<PromptCacheStatus> value) {
        worker(registry, ModelCard.Role.CHAT, name, status -> value.applyAsDouble(status.promptCache()));
    }

    private void worker(
            MeterRegistry registry, ModelCard.Role role, String name, ToDoubleFunction<WorkerStatus> value) {
        Gauge.builder(
                        name,
                        modules,
                        here -> here.inference().status().stream()
                                .filter(status -> status.role() == role)
                                .mapToDouble(value)
                                .sum())
                .tag("role", role.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Modules> value) {
        Gauge.builder(name, modules, value).register(registry);
    }
}
