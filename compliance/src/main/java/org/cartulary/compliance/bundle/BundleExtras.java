package org.cartulary.compliance.bundle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes into bundles beside the log, as far as it is known.
 *
 * @param policy text of the tlog-policy by which witnesses are asked; null where none are
 * @param models tells of models
 */
public record BundleExtras(@Nullable String policy, Models models) {
    public static final BundleExtras NONE = new BundleExtras(null, sha256 -> Optional.empty());

    /** Knows the manifests of models. */
    @FunctionalInterface
    public interface Models {
        /** The manifest, JSON, of the model whose file has this SHA-256 (hex); empty where it is not known. */
        Optional<byte[]> manifest(String sha256);
    }
}
