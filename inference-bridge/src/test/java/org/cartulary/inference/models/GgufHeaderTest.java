package org.cartulary.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers, good and hostile. */
final class GgufHeaderTest {
    private static final byte[] GOOD = TinyModel.bytes();

    @TempDir
    private Path directory;

    @Test
    void readsWhatAModelIs() throws IOException {
        GgufHeader header = GgufHeader.read(file(GOOD));
        assertThat(header.architecture()).isEqualTo("llama");
        assertThat(header.values()).containsEntry("llama.context_length", (long) TinyModel.WINDOW);
        assertThat(header.values()).containsKey("tokenizer.ggml.tokens.length");
        assertThat(header.text("tokenizer.chat_template")).get().asString().contains("<|user|>");
        assertThat(header.tensors()).extracting(GgufHeader.Tensor::name).contains("token_embd.weight");
    }

    @Test
    void refusesAFileThatIsCutOffAnywhere() throws IOException {
        for (int length = 0; length < GOOD.length; length += length < 2000 ? 97 : 16_384) {
            Path cut = file(Arrays.copyOf(GOOD, length));
            assertThatThrownBy(() -> GgufHeader.read(cut))
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageContaining("cut off")
                    .hasMessageContaining(cut.toString());
        }
    }

    @Test
    void refusesAWrongMagicAndAnUnknownVersion() throws IOException {
        assertThatThrownBy(() -> GgufHeader.read(file(changed(0, 'X')))).hasMessageContaining("GGUF");
        assertThatThrownBy(() -> GgufHeader.read(file(changed(4, 9)))).hasMessageContaining("version is 9");
    }

    @Test
    void refusesAbsurdCounts() throws IOException {
        assertThatThrownBy(() -> GgufHeader.read(file(withLong(8, Long.MAX_VALUE))))
                .hasMessageContaining("tensors");
        assertThatThrownBy(() -> GgufHeader.read(file(withLong(16, -1)))).hasMessageContaining("values");
        assertThatThrownBy(() -> GgufHeader.read(file(withLong(24, 1L << 40)))).hasMessageContaining("text claims");
    }

    @Test
    void randomChangesAreRefusedOrHarmless() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = Arrays.copyOf(GOOD, GOOD.length);
            for (int change = 0; change < 3; change++) {
                bytes[random.nextInt(12_000)] = (byte) random.nextInt();
            }
            Path file = file(bytes);
            try {
                assertThat(GgufHeader.read(file).tensors()).isNotEmpty();
            } catch (ModelRefused refused) {
                assertThat(refused).hasMessageContaining(file.toString());
            }
        }
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("model.gguf"), bytes);
    }

    private static byte[] changed(int at, int value) {
        byte[] bytes = Arrays.copyOf(GOOD, GOOD.length);
        bytes[at] = (byte) value;
        return bytes;
    }

    private static byte[] withLong(int at, long value) {
        byte[] bytes = Arrays.copyOf(GOOD, GOOD.length);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        return bytes;
    }
}
