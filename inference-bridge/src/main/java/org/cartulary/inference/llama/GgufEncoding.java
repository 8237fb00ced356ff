package org.cartulary.inference.llama;

import java.util.Objects;
import java.util.Optional;
import org.cartulary.inference.embedding.EmbeddingShape;
import org.cartulary.inference.embedding.Pooling;
import org.cartulary.inference.models.GgufHeader;
import org.cartulary.inference.models.ModelManifest;
import org.cartulary.inference.models.ModelRefused;

/** What an imported embedder or reranker is: its manifest's word first, then the header of its GGUF. */
public final class GgufEncoding {
    /** Longest text where the manifest names none: the memory of a longer one grows with the square. */
    static final int DEFAULT_MAX_TOKENS = 2048;

    private final ModelManifest manifest;
    private final GgufHeader header;

    public GgufEncoding(ModelManifest manifest, GgufHeader header) {
        this.manifest = manifest;
        this.header = header;
    }

    /**
     * The shape of an embedder.
     *
     * @throws ModelRefused when it is none, or neither place says how it pools
     */
    EmbeddingShape embedder() {
        Pooling pooling = pooling()
                .orElseThrow(() -> new ModelRefused("The model " + manifest.name()
                        + " does not say how it pools: name \"pooling\" (cls, mean or last) in its manifest."));
        if (pooling == Pooling.RANK) {
            throw new ModelRefused(
                    "The model " + manifest.name() + " is a reranker, not an embedder: import it with that role.");
        }
        return new EmbeddingShape(
                dimension(),
                maxTokens(),
                pooling,
                !Boolean.FALSE.equals(manifest.normalise()),
                Objects.requireNonNullElse(manifest.queryPrefix(), ""),
                Objects.requireNonNullElse(manifest.passagePrefix(), ""));
    }

    /**
     * Checks that it is a reranker whose scores llama.cpp computes rightly.
     *
     * @throws ModelRefused when it is not
     */
    void requireReranker() {
        if (pooling().orElse(Pooling.CLS) != Pooling.RANK || !hasHead()) {
            throw new ModelRefused("The model " + manifest.name() + " has no classification head that scores pairs: "
                    + "import a GGUF that was converted as a reranker.");
        }
        if (header.architecture().equals("bert")
                && number("tokenizer.ggml.token_type_count").orElse(1L) > 1) {
            throw new ModelRefused("The model " + manifest.name() + " is a BERT cross-encoder that tells query and "
                    + "passage apart by token types, and llama.cpp reads both as one type, which makes its scores "
                    + "wrong: import bge-reranker-v2 or Qwen3-Reranker instead.");
        }
    }

    /** Whether its head gives the probabilities of yes and no, in this order. */
    boolean answersYesOrNo() {
        return header.architecture().equals("qwen3") || header.architecture().equals("qwen3vl");
    }

    String name() {
        return manifest.name();
    }

    /** Longest text, never beyond what the model was trained for. */
    int maxTokens() {
        long trained = number(header.architecture() + ".context_length").orElse((long) DEFAULT_MAX_TOKENS);
        long wanted = manifest.maxTokens() == null ? DEFAULT_MAX_TOKENS : manifest.maxTokens();
        return Math.toIntExact(Math.clamp(wanted, 1, Math.max(1, trained)));
    }

    private int dimension() {
        if (manifest.dimension() != null) {
            return manifest.dimension();
        }
        String architecture = header.architecture();
        return number(architecture + ".embedding_length_out")
                .or(() -> number(architecture + ".embedding_length"))
                .map(Math::toIntExact)
                .orElseThrow(() -> new ModelRefused("The model " + manifest.name()
                        + " does not say how long its vectors are: name \"dimension\" in its manifest."));
    }

    private Optional<Pooling> pooling() {
        String wanted = manifest.pooling();
        if (wanted != null) {
            return Optional.of(Pooling.of(wanted)
                    .orElseThrow(() -> new ModelRefused("The manifest of " + manifest.name() + " names the pooling \""
                            + wanted + "\"; cls, mean, last and rank are possible.")));
        }
        return number(header.architecture() + ".pooling_type").flatMap(type -> switch (type.intValue()) {
            case 1 -> Optional.of(Pooling.MEAN);
            case 2 -> Optional.of(Pooling.CLS);
            case 3 -> Optional.of(Pooling.LAST);
            case 4 -> Optional.of(Pooling.RANK);
            default -> Optional.empty();
        });
    }

    private boolean hasHead() {
        return header.tensors().stream()
                .anyMatch(tensor ->
                        tensor.name().startsWith("cls.") && tensor.name().endsWith("weight"));
    }

    private Optional<Long> number(String key) {
        return header.values().get(key) instanceof Long number ? Optional.of(number) : Optional.empty();
    }
}
