package org.cartulary.appliance.openai;

import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cartulary.appliance.access.Refused;
import org.cartulary.appliance.api.Reading;
import org.cartulary.appliance.wiring.Modules;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.InferenceFailed;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.Reranker;
import org.cartulary.inference.supervision.WorkerStatus;
import org.cartulary.retrieval.catalog.Catalog;

/** The models that a caller may name: those that are loaded, and one for each collection that he may read. Thread-safe. */
@Singleton
final class ServedModels {
    private static final String COLLECTION_PREFIX = "cartulary:";

    private final Modules modules;
    private final Catalog catalog;
    private final Reading reading;

    ServedModels(Modules modules, Catalog catalog, Reading reading) {
        this.modules = modules;
        this.catalog = catalog;
        this.reading = reading;
    }

    /** All of them, the chat model first. */
    List<ModelView> list(Principal caller) {
        List<ModelView> models = new ArrayList<>();
        for (ModelCard.Role role : ModelCard.Role.values()) {
            loaded(role).forEach(card -> models.add(ModelView.of(card)));
        }
        catalog.collections(reading.filter(caller))
                .forEach(summary -> models.add(ModelView.ofCollection(
                        COLLECTION_PREFIX + summary.collection().name())));
        return models;
    }

    /** The one of that name. */
    ModelView named(String name, Principal caller) {
        return list(caller).stream()
                .filter(model -> same(model.id(), name))
                .findFirst()
                .orElseThrow(() -> unknown("The model \"" + name + "\" does not exist here, or you may not see it."));
    }

    /**
     * The model that serves a role, if it has the name that the caller gave.
     *
     * @throws Refused where it has another, or none is installed
     * @throws InferenceFailed where it is not up
     */
    ModelCard require(ModelCard.Role role, String name) {
        ModelCard served = serving(role);
        if (!same(served.name(), name)) {
            throw unknown("The model \"" + name + "\" does not exist here; for " + purpose(role) + " there is "
                    + served.name()
                    + (role == ModelCard.Role.CHAT ? ", and cartulary:<collection> for answers from documents." : "."));
        }
        return served;
    }

    private ModelCard serving(ModelCard.Role role) {
        return switch (role) {
            case CHAT -> modules.inference().generator().model();
            case EMBEDDING -> modules.inference().embedder().model();
            case RERANK -> installedReranker().model();
        };
    }

    /**
     * The rerank model, if it has the name that the caller gave.
     *
     * @throws Refused where it has another, or none is installed
     */
    Reranker reranker(String name) {
        Reranker installed = installedReranker();
        require(ModelCard.Role.RERANK, name);
        return installed;
    }

    private Reranker installedReranker() {
        return modules.inference()
                .reranker()
                .orElseThrow(() -> unknown("No rerank model is installed: import one with"
                        + " deploy/cartulary models import FILE.gguf --role rerank."));
    }

    private List<ModelCard> loaded(ModelCard.Role role) {
        List<ModelCard> cards = new ArrayList<>();
        for (WorkerStatus worker : modules.inference().status()) {
            ModelCard card = worker.model();
            if (card != null && card.role() == role) {
                cards.add(card);
            }
        }
        return cards;
    }

    private static String purpose(ModelCard.Role role) {
        return switch (role) {
            case CHAT -> "chat";
            case EMBEDDING -> "embeddings";
            case RERANK -> "reranking";
        };
    }

    private static Refused unknown(String detail) {
        return new Refused(HttpStatus.NOT_FOUND, detail, "model", "model_not_found");
    }

    private static boolean same(String one, String other) {
        return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
