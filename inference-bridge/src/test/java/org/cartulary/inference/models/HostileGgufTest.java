package org.cartulary.inference.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.stream.Stream;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.testing.Cache;
import org.cartulary.inference.testing.HeaderBytes;
import org.cartulary.inference.testing.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that claim what cannot be: each is refused in words, before native code and without much memory. */
final class HostileGgufTest {
    private static final boolean LONG = Boolean.getBoolean("cartulary.long");
    private static final int BOUNDARY = 64 << 10;
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String EMBEDDING = "token_embd.weight";

    @TempDir
    private Path directory;

    static Stream<Arguments> claims() {
        return Stream.of(
                claim("no tensors", tiny().int64(8, 0), "claims 0 tensors"),
                claim("a negative number of tensors", tiny().int64(8, -1), "claims 18446744073709551615 tensors"),
                claim("too many tensors", tiny().int64(8, 1 << 20), "claims 1048576 tensors"),
                claim("too many values", tiny().int64(16, Long.MAX_VALUE), "values"),
                claim("a key without end", tiny().int64(24, 1L << 40), "a text claims 1099511627776 bytes"),
                claim("a text without end", tiny().textLength("general.name", -1), "18446744073709551615 bytes"),
                claim("a text beyond the file", tiny().textLength("general.name", 3 << 20), "cut off"),
                claim("an array without end", tiny().arrayLength(TOKENS, Long.MAX_VALUE), "an array claims"),
                claim("a long array beyond the file", tiny().arrayLength("tokenizer.ggml.scores", 1 << 23), "cut off"),
                claim("an array of arrays", tiny().elementType(TOKENS, 9), "elements of the type 9"),
                claim("an unknown type", tiny().type("general.name", 99), "type 99"),
                claim("no dimensions", tiny().dimensions(EMBEDDING, 0), "0 dimensions"),
                claim("five dimensions", tiny().dimensions(EMBEDDING, 5), "5 dimensions"),
                claim("an empty dimension", tiny().dimension(EMBEDDING, 0, 0), "dimension of 0"),
                claim("a negative dimension", tiny().dimension(EMBEDDING, 1, -4), "dimension of -4"),
                claim("dimensions that overflow", tiny().dimension(EMBEDDING, 0, 1L << 62), "dimension"),
                claim("a size that overflows", tiny().dimension(EMBEDDING, 0, Long.MAX_VALUE / 512), "too large"),
                claim("an unknown tensor type", tiny().tensorType(EMBEDDING, 77), "type 77"),
                claim("rows of half a block", tiny().tensorType(EMBEDDING, 12), "whole number of blocks"),
                claim("a tensor beyond the file", tiny().offset(EMBEDDING, 1L << 40), "cut off"),
                claim("a tensor off its place", tiny().offset(EMBEDDING, 7), "begins at 7"),
                claim("a negative place", tiny().offset(EMBEDDING, -32), "begins at 18446744073709551584"),
                claim("tensors on the same bytes", tiny().offset("output.weight", 0), "lie on the same bytes"),
                claim(
                        "a tensor twice",
                        tiny().rename("blk.0.attn_q.weight", "blk.0.attn_k.weight"),
                        "blk.0.attn_k.weight stands in it twice"),
                claim(
                        "a key twice",
                        tiny().rename("tokenizer.ggml.bos_token_id", "tokenizer.ggml.eos_token_id"),
                        "tokenizer.ggml.eos_token_id stands in it twice"),
                claim("a name of control characters", tiny().rename("general.name", "general.na\0e"), "printable"),
                claim("no alignment", alignment(0), "alignment is 0"),
                claim("an odd alignment", alignment(48), "alignment is 48"),
                claim("a huge alignment", alignment(1 << 30), "alignment is 1073741824"),
                claim("another endianness", tiny().int32(4, 0x03000000), "big-endian"),
                claim("an old version", tiny().int32(4, 1), "version is 1"),
                claim("no architecture", tiny().rename("general.architecture", "general.xrchitecture"), "architecture"),
                claim("no tokenizer", tiny().rename("tokenizer.ggml.model", "tokenizer.ggml.modem"), "no tokenizer"),
                claim("no tokens", tiny().rename(TOKENS, "tokenizer.ggml.tokenz"), "its tokenizer has no tokens"),
                claim(
                        "tokens that are said to be none",
                        tiny().arrayLength(TOKENS, 0),
                        "a text claims 4666267795456 bytes"),
                claim("no width", tiny().value("llama.embedding_length", 0), "llama.embedding_length is 0"),
                claim("no layers", tiny().value("llama.block_count", 0), "llama.block_count is 0"),
                claim("no window", tiny().value("llama.context_length", 0), "llama.context_length is 0"),
                claim("no heads", tiny().value("llama.attention.head_count", 0), "head_count is 0"),
                claim("no pairs", tiny().value("llama.attention.head_count_kv", 0), "head_count_kv is 0"),
                claim("pairs that do not divide", tiny().value("llama.attention.head_count_kv", 3), "cannot share"),
                claim("countless heads", tiny().value("llama.attention.head_count", -1), "4294967295"),
                claim("more rows than tokens", tiny().dimension("output.weight", 1, 290), "has 290 rows"),
                claim("an end token beyond", tiny().value("tokenizer.ggml.eos_token_id", 5000), "eos_token_id is 5000"),
                claim("a part of a split", with(1 << 1), "one of 2 parts"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claims")
    void refusesInWords(String what, byte[] bytes, String because) throws IOException {
        Path file = Files.write(directory.resolve("hostile.gguf"), bytes);
        assertThatThrownBy(() -> GgufHeader.read(file))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(because);
    }

    @Test
    void refusesTextThatIsNoUtf8() throws IOException {
        byte[] bytes = TinyModel.bytes(header -> header.text("general.finetune", "QQQQ"));
        String latin = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        bytes[latin.indexOf("QQQQ") + 1] = (byte) 0xff;
        Path file = Files.write(directory.resolve("latin.gguf"), bytes);
        assertThatThrownBy(() -> GgufHeader.read(file)).hasMessageContaining("no UTF-8");
    }

    @Test
    void refusesAHeaderBeyondItsLimitWithoutReadingOn() throws IOException {
        Path file = Files.write(
                directory.resolve("long.gguf"),
                tiny().arrayLength("tokenizer.ggml.scores", 1 << 24).bytes());
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(GgufInput.MAX_HEADER_BYTES * 4);
            sparse.seek(0);
        }
        // 64 MiB of scores are skipped, and what follows them is no longer the header but zeros.
        assertThatThrownBy(() -> GgufHeader.read(file)).isInstanceOf(ModelRefused.class);
        byte[] many = TinyModel.bytes(header -> {
            for (int i = 0; i < 20; i++) {
                header.text("general.text." + i, "x".repeat(1 << 20));
            }
        });
        Path texts = Files.write(directory.resolve("texts.gguf"), many);
        assertThatThrownBy(() -> GgufHeader.read(texts)).hasMessageContaining("bytes together");
    }

    /** Every boundary in the long form; in the short one those in the header and every fiftieth of the others. */
    @Test
    void refusesTheChatModelCutOffAtEvery64Kib() throws IOException {
        StoredModel chat = new ModelStore(Cache.directory().resolve("models"))
                .list().stream()
                        .filter(model -> model.role() == ModelCard.Role.CHAT
                                && model.manifest().parent() == null)
                        .findFirst()
                        .orElseThrow();
        long whole = Files.size(chat.file());
        long header = GgufHeader.read(chat.file()).tensors().size() * 64L + (3 << 20);
        Path cut = sparseCopy(chat.file(), header);
        try (RandomAccessFile file = new RandomAccessFile(cut.toFile(), "rw")) {
            file.setLength(whole);
            assertThat(GgufHeader.read(cut).tensors()).isNotEmpty();
            for (long length = (whole - 1) / BOUNDARY * BOUNDARY; length >= 0; length -= BOUNDARY) {
                if (LONG || length <= header || length / BOUNDARY % 50 == 0) {
                    file.setLength(length);
                    assertThatThrownBy(() -> GgufHeader.read(cut))
                            .isInstanceOf(ModelRefused.class)
                            .hasMessageContaining("cut off");
                }
            }
        }
    }

    @Test
    void randomChangesOfTheHeaderAreRefusedOrLeaveOneThatCanBeDescribed() throws IOException {
        Random random = new Random(20261122);
        byte[] good = TinyModel.bytes();
        for (int i = 0; i < (LONG ? 20_000 : 600); i++) {
            byte[] bytes = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(14_000)] = (byte) random.nextInt();
            }
            Path file = Files.write(directory.resolve("random.gguf"), bytes);
            try {
                ModelProfile profile = ModelImporter.inspect(file, done -> {});
                assertThat(profile.parameters()).isPositive();
                assertThat(profile.name().chars().noneMatch(Character::isISOControl))
                        .isTrue();
            } catch (ModelRefused refused) {
                assertThat(refused).hasMessageContaining(file.toString());
            }
        }
    }

    private Path sparseCopy(Path source, long bytes) throws IOException {
        Path copy = directory.resolve("cut.gguf");
        try (var in = Files.newInputStream(source)) {
            Files.copy(
                    new java.io.ByteArrayInputStream(in.readNBytes((int) bytes)),
                    copy,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return copy;
    }

    private static HeaderBytes tiny() {
        return HeaderBytes.tiny();
    }

    /** A key of the same length becomes the alignment. */
    private static HeaderBytes alignment(int value) {
        return tiny().value("llama.block_count", value).rename("llama.block_count", "general.alignment");
    }

    private static byte[] with(int parts) {
        return TinyModel.bytes(header -> header.number("split.count", parts));
    }

    private static Arguments claim(String what, HeaderBytes bytes, String because) {
        return Arguments.of(what, bytes.bytes(), because);
    }

    private static Arguments claim(String what, byte[] bytes, String because) {
        return Arguments.of(what, bytes, because);
    }
}
