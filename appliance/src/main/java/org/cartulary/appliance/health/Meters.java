package org.cartulary.appliance.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.timestamp.Stamp;
import org.cartulary.compliance.witness.Witnessed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.PromptCacheStatus;
import org.cartulary.inference.supervision.WorkerState;
import org.cartulary.inference.supervision.WorkerStatus;
import org.jspecify.annotations.Nullable;

/** What the modules count, as meters. They hold numbers of things, never texts, and of names those of models only. */
@Singleton
final class Meters implements MeterBinder {
    private final Modules modules;
    private final Clock clock;
    private volatile @Nullable MultiGauge serving;

    Meters(Modules modules, Clock clock) {
        this.modules = modules;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        serving = MultiGauge.builder("cartulary.model.serving").register(registry);
        for (ModelCard.Role role : ModelCard.Role.values()) {
            gauge(
                    registry,
                    role,
                    "cartulary.model.switching",
                    here -> here.inference().switches().stream()
                            .filter(change -> change.role() == role)
                            .count());
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
                here -> here.evidence().status().size());
        gauge(
                registry,
                "cartulary.log.pending",
                here -> here.evidence().status().pending());
        gauge(
                registry,
                "cartulary.log.stopped",
                here -> here.evidence().whyNotWritable().isEmpty() ? 0 : 1);
        gauge(
                registry,
                "cartulary.library.notes",
                here -> here.evidence().library().notes());
        gauge(
                registry,
                "cartulary.library.free.bytes",
                here -> here.evidence().library().freeBytes());
        gauge(
                registry,
                "cartulary.log.checkpoint.age.seconds",
                here -> Duration.between(here.evidence().status().checkpointTime(), clock.instant())
                        .toSeconds());
        gauge(
                registry,
                "cartulary.log.witnessed.entries",
                here -> here.witnesses().status().last().map(Witnessed::size).orElse(0L));
        gauge(
                registry,
                "cartulary.log.witnessed.age.seconds",
                here -> here.witnesses()
                        .status()
                        .since()
                        .map(age -> (double) age.toSeconds())
                        .orElse(Double.NaN));
        gauge(
                registry,
                "cartulary.log.timestamps",
                here -> here.timestamps().status().stamps());
        gauge(
                registry,
                "cartulary.log.timestamped.entries",
                here -> here.timestamps().status().last().map(Stamp::size).orElse(0L));
        gauge(
                registry,
                "cartulary.log.timestamped.age.seconds",
                here -> here.timestamps()
                        .status()
                        .since()
                        .map(age -> (double) age.toSeconds())
                        .orElse(Double.NaN));
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

    /** Names what serves now; a model that was switched away must not stay in the list. */
    void refresh() {
        MultiGauge gauge = serving;
        if (gauge != null) {
            gauge.register(
                    modules.inference().status().stream()
                            .filter(worker -> worker.state() == WorkerState.READY)
                            .flatMap(worker -> Stream.ofNullable(worker.model()))
                            .map(Meters::row)
                            .toList(),
                    true);
        }
    }

    private static MultiGauge.Row<Number> row(ModelCard model) {
        return MultiGauge.Row.of(
                Tags.of("role", word(model.role()), "model", model.name(), "sha256", model.sha256()), 1);
    }

    private static String word(ModelCard.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private void worker(
            MeterRegistry registry, ModelCard.Role role, String name, ToDoubleFunction<WorkerStatus> value) {
        gauge(
                registry,
                role,
                name,
                here -> here.inference().status().stream()
                        .filter(status -> status.role() == role)
                        .mapToDouble(value)
                        .sum());
    }

    private void gauge(MeterRegistry registry, ModelCard.Role role, String name, ToDoubleFunction<Modules> value) {
        Gauge.builder(name, modules, value).tag("role", word(role)).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Modules> value) {
        Gauge.builder(name, modules, value).register(registry);
    }
}
