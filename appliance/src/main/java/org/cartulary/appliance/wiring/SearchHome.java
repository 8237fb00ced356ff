package org.cartulary.appliance.wiring;

import java.util.Optional;
import org.cartulary.retrieval.bench.SearchSides;
import org.cartulary.retrieval.bench.SyntheticCorpus;
import org.cartulary.retrieval.search.RerankPolicy;

/** The product's search beside the bare engines, on a synthetic corpus in an installation of its own. */
public final class SearchHome {
    private SearchHome() {}

    /** Opens it, filling the installation first where that was not done before. */
    public static SearchSides open(ScratchHome.Parts parts, SyntheticCorpus corpus) {
        return SearchSides.open(
                parts.jdbi(),
                parts.home(),
                corpus,
                embedder -> parts.retrieval(embedder, Optional::empty, RerankPolicy.DEFAULT));
    }
}
