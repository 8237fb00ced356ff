package org.cartulary.appliance.api;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.inference.models.ModelManifest;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.jspecify.annotations.Nullable;

/** The models of this installation. */
@Controller("/api/models")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelController {
    private final ModelStore store;
    private final Modules modules;

    ModelController(Modules modules, Settings settings) {
        this.modules = modules;
        this.store = new ModelStore(settings.cache().resolve("models"));
    }

    /** What is stored, and which of it is in use. */
    @Get
    Models list() {
        Set<String> active = modules.inference().status().stream()
                .flatMap(worker -> Stream.ofNullable(worker.model()))
                .map(card -> card.sha256())
                .collect(Collectors.toSet());
        return new Models(store.list().stream()
                .map(model ->
                        ModelView.of(model, active.contains(model.manifest().sha256())))
                .toList());
    }

    @Serdeable
    record Models(List<ModelView> models) {}

    /** A model as its manifest describes it. */
    @Serdeable
    record ModelView(
            String sha256,
            String name,
            String role,
            String quantisation,
            String licence,
            String source,
            @Nullable Integer contextTokens,
            boolean demonstrationOnly,
            boolean active) {
        static ModelView of(StoredModel model, boolean active) {
            ModelManifest manifest = model.manifest();
            return new ModelView(
                    manifest.sha256(),
                    manifest.name(),
                    model.role().name().toLowerCase(Locale.ROOT),
                    manifest.quantisation(),
                    manifest.licence(),
                    manifest.source(),
                    manifest.contextTokens(),
                    manifest.demonstrationOnly(),
                    active);
        }
    }
}
