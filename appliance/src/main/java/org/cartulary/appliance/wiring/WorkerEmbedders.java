package org.cartulary.appliance.wiring;

import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelRefused;
import org.cartulary.inference.models.ModelRegistry;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceWorkers;
import org.cartulary.inference.supervision.PinnedEmbedder;
import org.cartulary.inference.supervision.SwitchRefused;
import org.cartulary.inference.supervision.WorkerStatus;
import org.cartulary.retrieval.index.Embedders;
import org.cartulary.retrieval.index.IndexRefused;

/** The embedders of indexes: models of the store, each in a worker of its own. Thread-safe. */
final class WorkerEmbedders implements Embedders {
    private final ModelRegistry models;
    private final InferenceWorkers inference;

    WorkerEmbedders(ModelRegistry models, InferenceWorkers inference) {
        this.models = models;
        this.inference = inference;
    }

    private record Pinned(PinnedEmbedder worker) implements Running {
        @Override
        public Embedder embedder() {
            return worker.embedder();
        }

        @Override
        public void close() {
            worker.close();
        }
    }

    /**
     * Lets the embedder of the index serve everybody, where another was chosen.
     *
     * @throws ModelRefused when it is not in the store
     */
    void follow(String sha256) {
        if (!isChosen(sha256)) {
            StoredModel model = models.find(sha256)
                    .orElseThrow(() -> new ModelRefused("The index was made with the embedder " + sha256
                            + ", which is not in the store: put its folder back into HOME/models."));
            inference.use(model, true, () -> models.choose(model));
        }
    }

    private boolean isChosen(String sha256) {
        try {
            return models.serving(ModelCard.Role.EMBEDDING).manifest().sha256().equals(sha256);
        } catch (ModelRefused gone) {
            return false;
        }
    }

    @Override
    public Running serving() {
        return new Pinned(inference.pinnedEmbedder());
    }

    /** What serves everybody does for an index of its model too: a second process of it would only take its memory again. */
    @Override
    public Running start(String sha256) {
        return serves(sha256) ? serving() : startBeside(sha256);
    }

    private boolean serves(String sha256) {
        return inference.status().stream()
                .filter(worker -> worker.role() == ModelCard.Role.EMBEDDING)
                .map(WorkerStatus::model)
                .anyMatch(model -> model != null && model.sha256().equals(sha256));
    }

    private Running startBeside(String sha256) {
        StoredModel model = models.find(sha256)
                .filter(found -> found.role() == ModelCard.Role.EMBEDDING)
                .orElseThrow(() -> new IndexRefused("There is no embedder " + sha256
                        + " in the store: import it again (deploy/cartulary models import)."));
        try {
            return new Pinned(inference.startEmbedder(model));
        } catch (SwitchRefused e) {
            throw new IndexRefused(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void serve(Running next) {
        if (!(next instanceof Pinned pinned)) {
            throw new IllegalArgumentException("An embedder of somebody else's");
        }
        inference.serve(pinned.worker());
        models.choose(models.require(pinned.embedder().model().sha256()));
    }
}
