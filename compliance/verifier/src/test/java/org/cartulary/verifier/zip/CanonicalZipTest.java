package org.cartulary.verifier.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.testing.ZipWriter;
import org.cartulary.verifier.work.OrderedWork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalZipTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void readsMoreFilesThanFitWithoutZip64() throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 65_535; i++) {
            files.put("records/" + i + ".json", Integer.toString(i).getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = ZipWriter.zip(files);
        CanonicalZip zip = read(bytes);
        assertThat(zip.count()).isEqualTo(65_535);
        int file = zip.find("records/64999.json").orElseThrow();
        assertThat(new String(zip.content(file).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))
                .isEqualTo("64999");
        assertThat(zip.find("records/65535.json")).isEmpty();
        Path copy = Files.write(directory.resolve("many.zip"), bytes);
        try (ZipFile other = new ZipFile(copy.toFile())) {
            assertThat(other.size()).isEqualTo(65_535); // the form is one that others read, too
        }
    }

    @Test
    void readsFilesBehindFourGigabytes() throws IOException {
        long hole = 0xFFFF_FFFEL;
        Path path = directory.resolve("large.zip");
        byte[] first = local(bytes("a"), 0, hole);
        byte[] second = local(bytes("b"), crc(CONTENT), CONTENT.length);
        long secondAt = first.length + hole;
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        tail.writeBytes(second);
        tail.writeBytes(CONTENT);
        long directoryAt = secondAt + tail.size();
        tail.writeBytes(central(bytes("a"), 0, hole, 0));
        tail.writeBytes(central(bytes("b"), crc(CONTENT), CONTENT.length, secondAt));
        tail.writeBytes(ZipHeaders.end(2, secondAt + tail.size() - directoryAt, directoryAt));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(first), 0);
            channel.write(ByteBuffer.wrap(tail.toByteArray()), secondAt); // what lies between takes no room on disk
        }
        try (FileChannel channel = FileChannel.open(path);
                Arena arena = Arena.ofShared()) {
            CanonicalZip zip = read(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            assertThat(zip.content(1).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(CONTENT);
        }
        try (ZipFile other = new ZipFile(path.toFile())) {
            ZipEntry entry = other.getEntry("b");
            assertThat(other.getInputStream(entry).readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void refusesCompressionExtraFieldsAndDescriptors() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a"));
            zip.write(CONTENT);
        }
        assertThatThrownBy(() -> read(out.toByteArray()))
                .isInstanceOf(CheckFailed.class)
                .hasMessageContaining("local header 0 at offset 0");
    }

    @Test
    void refusesACommentAndNamesTheOffset() {
        byte[] zip = ZipWriter.zip(Map.of("a", CONTENT));
        zip[zip.length - 2] = 1;
        assertThatThrownBy(() -> read(zip))
                .hasMessage(
                        "offset %d (end of the archive, byte 20): expected 0x00, found 0x01".formatted(zip.length - 2));
    }

    @Test
    void refusesNamesThatAreNotPlain() {
        for (String name : List.of("", "a b", "a\nb", "a\"b", "a\\b", "x".repeat(256))) {
            assertThatThrownBy(() -> read(ZipWriter.zip(Map.of(name, CONTENT))))
                    .as(name)
                    .isInstanceOf(CheckFailed.class);
        }
        byte[] zip = ZipWriter.zip(Map.of("a", CONTENT));
        zip[30] = (byte) 0xe9;
        assertThatThrownBy(() -> read(zip)).hasMessageContaining("printable ASCII, found byte 0xe9");
    }

    @Test
    void refusesASizeThatReachesBeyondTheFile() {
        byte[] zip = ZipWriter.zip(Map.of("a", CONTENT));
        ByteBuffer.wrap(zip).putInt(18, -2).putInt(22, -2);
        assertThatThrownBy(() -> read(zip)).hasMessageContaining("content of a: expected at least");
        ByteBuffer.wrap(zip).putInt(18, -1).putInt(22, -1);
        assertThatThrownBy(() -> read(zip)).hasMessageContaining("below 4 GiB");
    }

    private static CanonicalZip read(byte[] bytes) {
        return read(MemorySegment.ofArray(bytes));
    }

    /** From the beginning, and by the directory, which must come to the same. */
    private static CanonicalZip read(MemorySegment bytes) {
        CanonicalZip directory = CanonicalZip.ofDirectory(bytes, Table::new);
        boolean holds = directory != null && headersHold(directory);
        try (OrderedWork work = new OrderedWork()) {
            CanonicalZip zip = CanonicalZip.read(bytes, Table::new, work);
            assertThat(holds).isTrue();
            CanonicalZip same = Objects.requireNonNull(directory);
            assertThat(same.count()).isEqualTo(zip.count());
            return same;
        } catch (CheckFailed e) {
            assertThat(holds).isFalse();
            throw e;
        }
    }

    private static boolean headersHold(CanonicalZip zip) {
        CanonicalZip.LocalHeaders headers = zip.localHeaders();
        return IntStream.range(0, zip.count()).allMatch(headers::holds);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }

    private static byte[] local(byte[] name, int crc, long size) {
        return written(out -> ZipHeaders.local(out, name, name.length, crc, size));
    }

    private static byte[] central(byte[] name, int crc, long size, long offset) {
        byte[] header = written(out -> ZipHeaders.central(out, name, name.length, crc, size, offset));
        assertThat(header).hasSize(ZipHeaders.centralBytes(name.length, offset));
        return header;
    }

    private static byte[] written(Consumer<ByteBuffer> writer) {
        byte[] room = new byte[ZipHeaders.MAX_BYTES];
        ByteBuffer out = ByteBuffer.wrap(room).order(ByteOrder.LITTLE_ENDIAN);
        writer.accept(out);
        return Arrays.copyOf(room, out.limit());
    }

    /** Every byte but those of contents, which checksums are for: what reading from the beginning refuses, so does the other. */
    @Test
    void comesToTheSameByTheDirectoryAlone() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("a", CONTENT);
        files.put("b/c", new byte[0]);
        files.put("d", CONTENT);
        byte[] zip = ZipWriter.zip(files);
        assertThat(read(zip).count()).isEqualTo(3);
        int refused = 0;
        for (int bit = 0; bit < zip.length * 8; bit++) {
            byte[] flipped = zip.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                read(flipped);
            } catch (CheckFailed e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo((zip.length - 2 * CONTENT.length) * 8);
        for (int cut = 0; cut < zip.length; cut++) {
            byte[] shorter = Arrays.copyOf(zip, cut);
            assertThatThrownBy(() -> read(shorter)).isInstanceOf(CheckFailed.class);
        }
    }
}
