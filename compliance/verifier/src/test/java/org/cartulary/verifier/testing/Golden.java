package org.cartulary.verifier.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.note.VerifierKey;

/** Golden files made by Go; see the README beside them. */
public final class Golden {
    public static final String ORIGIN = "cartulary.invalid/00112233445566778899aabbccddeeff/2026";

    private Golden() {}

    /** The files of a log of {@code size} entries, by name. */
    public static SortedMap<String, byte[]> log(int size) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(open("log-" + size + ".zip"))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** The text of a golden file. */
    public static String text(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A policy that asks for a signature by this key, and no witness. */
    public static TrustPolicy policy(String name) {
        return TrustPolicy.ofKeys(keys(name));
    }

    public static List<VerifierKey> keys(String name) {
        return VerifierKey.parseAll(text(name + ".vkey"));
    }

    private static InputStream open(String name) {
        InputStream in = Golden.class.getResourceAsStream("/golden/" + name);
        if (in == null) {
            throw new IllegalArgumentException("no golden file " + name);
        }
        return in;
    }
}
