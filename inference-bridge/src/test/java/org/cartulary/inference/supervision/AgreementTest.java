package org.cartulary.inference.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cartulary.inference.Embedder;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.bench.ReferenceModels;
import org.cartulary.inference.bench.VectorAgreement;
import org.cartulary.inference.llama.LlamaQuantizer;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.testing.Cache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same model by both engines and in several quantisations gives the same vectors, within a stated tolerance. */
@Timeout(300)
final class AgreementTest {
    private static final boolean LONG = Boolean.getBoolean("cartulary.long");
    private static final int TEXTS = LONG ? 200 : 8;

    @TempDir
    private Path directory;

    @Test
    void enginesAndQuantisationsAgreeWithTheOriginal() throws IOException {
        ReferenceModels reference = Cache.reference();
        LlamaRuntime runtime = LlamaRuntime.open(Cache.llamaLibraries());
        List<String> texts = texts();
        assertThat(texts).hasSize(TEXTS);
        for (Embedder.Input input : Embedder.Input.values()) {
            List<String> some = input == Embedder.Input.QUERY ? firstWords(texts.subList(0, TEXTS / 4)) : texts;
            List<float[]> original = vectors(reference.onnx(), some, input);
            assertAgree(original, bundled(), some, input, 0.97);
            if (LONG || input == Embedder.Input.PASSAGE) {
                assertAgree(original, reference.gguf(), some, input, 0.9999);
                assertAgree(original, reference.gguf(runtime, LlamaQuantizer.Type.Q8_0), some, input, 0.998);
            }
            if (LONG) {
                assertAgree(original, reference.gguf(runtime, LlamaQuantizer.Type.F16), some, input, 0.9999);
            }
        }
    }

    private void assertAgree(
            List<float[]> original, StoredModel model, List<String> texts, Embedder.Input input, double least) {
        VectorAgreement agreement = VectorAgreement.of(vectors(model, texts, input), original);
        assertThat(agreement.least())
                .as(
                        "%s of %s as %s: %s",
                        model.manifest().quantisation(), model.manifest().format(), input, agreement)
                .isGreaterThan(least);
    }

    private List<float[]> vectors(StoredModel model, List<String> texts, Embedder.Input input) {
        return VectorAgreement.vectors(Cache.directory(), directory, model, texts, input);
    }

    private static StoredModel bundled() {
        return new ModelStore(Cache.directory().resolve("models")).defaultFor(ModelCard.Role.EMBEDDING);
    }

    private static List<String> firstWords(List<String> texts) {
        return texts.stream()
                .map(text -> text.substring(0, Math.min(80, text.length())))
                .toList();
    }

    /** Paragraphs of the sources and notes that come with the product: prose, tables, markup, code. */
    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        Path root = Path.of(System.getProperty("cartulary.root", ".."));
        try (Stream<Path> files = Files.walk(root.resolve("deploy/demo/source"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String plain = Files.readString(file).replaceAll("<[^>]*>", " ").replaceAll("[ \\t]+", " ");
                Stream.of(plain.split("\\n\\s*\\n|\\n(?=\\s)", -1))
                        .map(String::strip)
                        .filter(text -> text.length() > 25)
                        .forEach(texts::add);
            }
        }
        return List.copyOf(texts.subList(0, Math.min(TEXTS, texts.size())));
    }
}
