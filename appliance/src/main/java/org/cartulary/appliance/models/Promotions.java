package org.cartulary.appliance.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpStatus;
import java.util.Map;
import org.cartulary.appliance.access.Refused;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.policy.Settings;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.jdbi.v3.core.Handle;

/**
 * Chat models that the operator trusts to word answers. Each by its hash, so that another that takes its place quotes again
 * until somebody has looked at it too. Policy, with its versions and entries. Runs in its callers' transactions; thread-safe.
 */
public final class Promotions {
    /** What status says where answers are to be worded by a model that nobody promoted. */
    public static final String REMEDY =
            "Answers are quotes, since the chat model that serves is not promoted: measure it with"
                    + " eval --answers --mode generate, then trust it with models promote.";

    private static final String SETTING = "answers:promoted:";
    private static final String PROMOTED = "promoted";

    private final ModelRegistry registry;
    private final Settings settings;

    public Promotions(ModelRegistry registry, Settings settings) {
        this.registry = registry;
        this.settings = settings;
    }

    /** Whether a model may word answers now. */
    public static boolean isPromoted(Handle handle, String sha256) {
        return Settings.find(handle, SETTING + sha256, Policy.version(handle))
                .map((JsonNode value) -> value.path(PROMOTED).asBoolean())
                .orElse(false);
    }

    /**
     * Lets a model word answers, from the commit on, or no longer.
     *
     * @param nameOrHash as {@link ModelRegistry#require} takes it
     * @throws Refused when it is no chat model
     * @throws org.cartulary.inference.models.ModelRefused when there is no such model
     */
    public PolicyChange set(Handle handle, Principal by, String nameOrHash, boolean promoted) {
        StoredModel model = registry.require(nameOrHash);
        if (model.role() != ModelCard.Role.CHAT) {
            throw new Refused(
                    HttpStatus.CONFLICT, model.manifest().name() + " is no chat model, and so words no answers.");
        }
        return settings.set(handle, by, SETTING + model.manifest().sha256(), Map.of(PROMOTED, promoted));
    }
}
