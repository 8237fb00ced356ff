package org.cartulary.appliance.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.cartulary.appliance.access.CalledBy;
import org.cartulary.appliance.access.Caller;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.api.ModelViews.ChoiceView;
import org.cartulary.appliance.api.ModelViews.ImportView;
import org.cartulary.appliance.api.ModelViews.ModelView;
import org.cartulary.appliance.api.ModelViews.Models;
import org.cartulary.appliance.api.ModelViews.ProfileView;
import org.cartulary.appliance.api.ModelViews.SwitchView;
import org.cartulary.appliance.api.ModelViews.VerdictView;
import org.cartulary.appliance.api.ModelViews.Verdicts;
import org.cartulary.appliance.models.Choosing;
import org.cartulary.appliance.models.Importing;
import org.cartulary.appliance.models.ModelProgress;
import org.cartulary.appliance.models.Promotions;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Role;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelImporter;
import org.cartulary.inference.models.ModelProfile;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.ModelRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The models of this installation. What takes minutes answers with events to a caller that accepts
 * {@code text/event-stream}: progress, then final or problem.
 */
@Controller("/api/models")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelController {
    private final Modules modules;
    private final Importing importing;
    private final Choosing choosing;
    private final Promotions promotions;
    private final PolicyChanges policy;
    private final ProgressStreams streams;

    ModelController(
            Modules modules,
            Importing importing,
            Choosing choosing,
            Promotions promotions,
            PolicyChanges policy,
            ProgressStreams streams) {
        this.modules = modules;
        this.importing = importing;
        this.choosing = choosing;
        this.promotions = promotions;
        this.policy = policy;
        this.streams = streams;
    }

    /** What is stored, imported or brought by set-up, and which of it serves. */
    @CalledBy
    @Get
    Models list() {
        ModelRegistry registry = modules.models();
        List<String> serving = choosing.serving();
        List<String> chosen = Arrays.stream(ModelCard.Role.values())
                .flatMap(role -> chosen(registry, role).stream())
                .toList();
        return new Models(
                policy.read(handle -> registry.list().stream()
                        .map(model -> ModelView.of(
                                model,
                                registry,
                                serving,
                                chosen,
                                Promotions.isPromoted(handle, model.manifest().sha256())))
                        .toList()),
                modules.inference().switches().stream().map(SwitchView::of).toList());
    }

    /** Reads what a GGUF file on the appliance's machine says of itself. For the console only. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post(
            value = "/inspect",
            produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description = "What the file is, or the events that lead to it.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ProfileView.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> inspect(@Body ModelFile wanted, HttpRequest<?> request, Authentication caller) {
        requireConsole(caller);
        Path file = path(wanted.path());
        return answer(request, progress -> {
            ModelProfile profile = importing.inspect(file, progress);
            return ProfileView.of(
                    wanted.path(), profile, importing.known(profile).isPresent());
        });
    }

    /** Imports a GGUF file that lies on the appliance's machine. For the console only. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description = "What became of it, or the events that lead to it.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ImportView.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> take(@Body ModelImport wanted, HttpRequest<?> request, Authentication caller) {
        requireConsole(caller);
        Principal by = Caller.of(caller).principal();
        Importing.Wanted what = new Importing.Wanted(
                path(wanted.path()),
                new ModelImporter.Statement(
                        role(wanted.role()),
                        wanted.name(),
                        wanted.licence(),
                        wanted.template(),
                        wanted.pooling(),
                        wanted.queryPrefix(),
                        wanted.passagePrefix()),
                wanted.sha256(),
                wanted.requantize(),
                Boolean.TRUE.equals(wanted.untried()));
        return answer(request, progress -> ImportView.of(importing.take(by, what, progress)));
    }

    /** Puts a model in its role's place, now and after every restart. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post(
            value = "/use",
            produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description = "What serves from now on, or the events that lead to it.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ChoiceView.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> use(@Body ModelChoice wanted, HttpRequest<?> request, Authentication caller) {
        Principal by = Caller.of(caller).principal();
        ModelCard.Role role = role(wanted.role());
        return answer(request, progress -> {
            progress.step("loading", 0, 0);
            return ChoiceView.of(choosing.use(by, wanted.model(), role, Boolean.TRUE.equals(wanted.restart())));
        });
    }

    /** Lets searches go without a reranker from now on. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post("/withdraw-reranker")
    Withdrawn withdrawReranker(Authentication caller) {
        return new Withdrawn(
                choosing.withdrawReranker(Caller.of(caller).principal()).orElse(null));
    }

    /** @param withdrawn name of the model that served; null where there was none */
    @Serdeable
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Withdrawn(@Nullable String withdrawn) {}

    /** Trusts a chat model to word answers, where {@code cartulary.answer.mode} is {@code generate}. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Put("/{model}/promotion")
    HttpResponse<?> promote(String model, Authentication caller) {
        return policy.make(caller, (handle, by) -> promotions.set(handle, by, model, true));
    }

    /** Lets answers be quotes again while this model serves. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{model}/promotion")
    HttpResponse<?> demote(String model, Authentication caller) {
        return policy.make(caller, (handle, by) -> promotions.set(handle, by, model, false));
    }

    /** Reads models whole and compares their hashes with their manifests. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Post(
            value = "/verify",
            produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM})
    @ApiResponse(
            responseCode = "200",
            description = "A verdict for each, or the events that lead to them.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Verdicts.class)),
                @Content(mediaType = MediaType.TEXT_EVENT_STREAM, schema = @Schema(implementation = String.class))
            })
    HttpResponse<?> verify(@Body ModelName wanted, HttpRequest<?> request) {
        return answer(request, progress -> {
            List<VerdictView> verdicts = choosing.verify(wanted.model(), progress).stream()
                    .map(VerdictView::of)
                    .toList();
            return new Verdicts(verdicts.stream().allMatch(VerdictView::intact), verdicts);
        });
    }

    /** Deletes an imported model that nothing uses, by its name or the first digits of its hash. */
    @CalledBy(value = Role.ADMINISTRATOR, scopes = Scope.ADMINISTER)
    @Delete("/{model}")
    HttpResponse<Void> remove(String model, Authentication caller) {
        choosing.remove(Caller.of(caller).principal(), model);
        return HttpResponse.noContent();
    }

    private HttpResponse<?> answer(HttpRequest<?> request, Function<ModelProgress, Object> work) {
        return request.accept().contains(MediaType.TEXT_EVENT_STREAM_TYPE)
                ? HttpResponse.ok(streams.of(work)).contentType(MediaType.TEXT_EVENT_STREAM_TYPE)
                : HttpResponse.ok(work.apply((step, done, total) -> {}));
    }

    private static Optional<String> chosen(ModelRegistry registry, ModelCard.Role role) {
        try {
            return Stream.of(registry.serving(role).manifest().sha256()).findFirst();
        } catch (ModelRefused gone) {
            return Optional.empty();
        }
    }

    /** A path is read with the appliance's rights, so it is nothing for callers from elsewhere. */
    private static void requireConsole(Authentication caller) {
        if (!Caller.of(caller).principal().equals(Principal.CONSOLE)) {
            throw new Refused(
                    HttpStatus.FORBIDDEN,
                    "Files are imported on the appliance's own console only: deploy/cartulary models import --help.");
        }
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new Refused(HttpStatus.BAD_REQUEST, "\"" + text + "\" is no path: " + e.getReason() + ".");
        }
        throw new Refused(HttpStatus.BAD_REQUEST, "The path \"" + text + "\" is not absolute.");
    }

    private static ModelCard.@Nullable Role role(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(ModelCard.Role.values())
                .filter(role -> ModelViews.word(role).equals(text))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        HttpStatus.BAD_REQUEST,
                        "\"" + text + "\" is no role: chat, embedding and rerank are possible."));
    }

    /** A file on the appliance's machine, by its absolute path. */
    @Serdeable
    record ModelFile(String path) {}

    /**
     * An import.
     *
     * @param path absolute, on the appliance's machine
     * @param role against what the header speaks for
     * @param licence what the operator states, above all where the header has none
     * @param template name of a known chat template, for a model that brings none
     * @param sha256 of the file that was looked at
     * @param requantize type of a copy to make as well
     * @param untried whether to accept it without loading it once
     */
    @Serdeable
    record ModelImport(
            String path,
            @Nullable String role,
            @Nullable String name,
            @Nullable String licence,
            @Nullable String template,
            @Nullable String pooling,
            @Nullable String queryPrefix,
            @Nullable String passagePrefix,
            @Nullable String sha256,
            @Nullable String requantize,
            @Nullable Boolean untried) {}

    /**
     * A choice.
     *
     * @param model its name or at least 8 digits of its hash
     * @param restart whether the old model ends before the new one loads, for want of memory
     */
    @Serdeable
    record ModelChoice(
            String model, @Nullable String role, @Nullable Boolean restart) {}

    /** One model by its name or hash, or all. */
    @Serdeable
    record ModelName(@Nullable String model) {}
}
