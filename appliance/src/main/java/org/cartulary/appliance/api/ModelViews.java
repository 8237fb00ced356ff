package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Locale;
import org.cartulary.appliance.models.Choosing;
import org.cartulary.appliance.models.Importing;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelManifest;
import org.cartulary.inference.models.ModelProfile;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.SwitchStatus;
import org.jspecify.annotations.Nullable;

/** Models as callers of the REST interface see them. */
final class ModelViews {
    private ModelViews() {}

    static String word(ModelCard.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** What is stored, and what is about to serve. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Models(List<ModelView> models, List<SwitchView> switches) {}

    /**
     * A model as its manifest describes it.
     *
     * @param origin {@code set-up} or {@code imported}
     * @param active whether it serves its role now
     * @param chosen whether it is the one to serve its role, now and after a restart
     * @param promoted whether it is trusted to word answers
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ModelView(
            String sha256,
            String name,
            String role,
            String architecture,
            String quantisation,
            String licence,
            String source,
            long bytes,
            @Nullable Integer contextTokens,
            @Nullable String parent,
            String origin,
            boolean demonstrationOnly,
            boolean active,
            boolean chosen,
            boolean promoted) {
        static ModelView of(
                StoredModel model,
                ModelRegistry registry,
                List<String> serving,
                List<String> chosen,
                boolean promoted) {
            ModelManifest manifest = model.manifest();
            return new ModelView(
                    manifest.sha256(),
                    manifest.name(),
                    word(model.role()),
                    manifest.architecture(),
                    manifest.quantisation(),
                    manifest.licence(),
                    manifest.source(),
                    manifest.bytes(),
                    manifest.contextTokens(),
                    manifest.parent(),
                    registry.isOwn(model) ? "imported" : "set-up",
                    manifest.demonstrationOnly(),
                    serving.contains(manifest.sha256()),
                    chosen.contains(manifest.sha256()),
                    promoted);
        }
    }

    /** A change of a role's model that is under way: {@code loading} or {@code draining}. */
    @Serdeable
    record SwitchView(String role, String sha256, String name, String phase) {
        static SwitchView of(SwitchStatus change) {
            return new SwitchView(
                    word(change.role()),
                    change.sha256(),
                    change.name(),
                    change.phase().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What a file says of itself.
     *
     * @param known whether the installation has this file already
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ProfileView(
            String path,
            long bytes,
            String sha256,
            String architecture,
            String name,
            @Nullable String licence,
            long parameters,
            String quantisation,
            String dominantType,
            long contextTokens,
            String tokenizer,
            long vocabulary,
            @Nullable TemplateView template,
            @Nullable String pooling,
            String role,
            boolean known) {
        static ProfileView of(String path, ModelProfile profile, boolean known) {
            return new ProfileView(
                    path,
                    profile.bytes(),
                    profile.sha256(),
                    profile.architecture(),
                    profile.name(),
                    profile.licence(),
                    profile.parameters(),
                    profile.quantisation(),
                    profile.dominantType(),
                    profile.contextTokens(),
                    profile.tokenizer(),
                    profile.vocabulary(),
                    TemplateView.of(profile.template()),
                    profile.pooling(),
                    word(profile.role()),
                    known);
        }
    }

    /** A chat template, by what identifies it; {@code problem} says why it cannot be used here. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record TemplateView(
            int characters,
            String firstLine,
            String sha256,
            @Nullable String problem) {
        static @Nullable TemplateView of(ModelProfile.@Nullable Template template) {
            return template == null
                    ? null
                    : new TemplateView(
                            template.characters(), template.firstLine(), template.sha256(), template.problem());
        }
    }

    /**
     * What became of an import.
     *
     * @param imported false where the installation had the file already and nothing was done
     * @param copy hash of the copy in another quantisation, where one was wanted
     * @param copied false where the installation had the copy already
     */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ImportView(
            String sha256,
            String name,
            String role,
            boolean imported,
            @Nullable String copy,
            @Nullable String copyName,
            boolean copied) {
        static ImportView of(Importing.Outcome outcome) {
            StoredModel copy = outcome.copy();
            return new ImportView(
                    outcome.model().manifest().sha256(),
                    outcome.model().manifest().name(),
                    word(outcome.model().role()),
                    outcome.fresh(),
                    copy == null ? null : copy.manifest().sha256(),
                    copy == null ? null : copy.manifest().name(),
                    outcome.copyFresh());
        }
    }

    /** What serves a role from now on; {@code changed} is false where it did before. */
    @Serdeable
    record ChoiceView(String sha256, String name, String role, boolean changed) {
        static ChoiceView of(Choosing.Chosen chosen) {
            return new ChoiceView(
                    chosen.model().manifest().sha256(),
                    chosen.model().manifest().name(),
                    word(chosen.model().role()),
                    chosen.changed());
        }
    }

    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Verdicts(boolean intact, List<VerdictView> models) {}

    /** Whether a model's files are what its manifest says; {@code problem} names what is not. */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record VerdictView(
            String sha256,
            String name,
            boolean intact,
            @Nullable String problem) {
        static VerdictView of(Choosing.Verdict verdict) {
            return new VerdictView(
                    verdict.model().manifest().sha256(),
                    verdict.model().manifest().name(),
                    verdict.problem() == null,
                    verdict.problem());
        }
    }
}
