package org.cartulary.verifier.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A bundle in the making: files of a log, then manifest and signature, then the zip; each step can be tampered with. */
public final class BundleDraft {
    private final SortedMap<String, byte[]> files;
    private String manifestTail;
    private NoteSigner signer = NoteSigner.golden("log");

    private BundleDraft(SortedMap<String, byte[]> files, long size, long from, long to) {
        this.files = files;
        this.manifestTail = tail(Golden.ORIGIN, size, from, to);
    }

    /** A bundle of the golden log of this size that exports its entries from {@code from} on. */
    public static BundleDraft golden(int size, int from) {
        SortedMap<String, byte[]> files = Golden.log(size);
        files.keySet().removeIf(name -> name.startsWith("older/") || isDisclosureBefore(name, from));
        return of(files, size, from, size);
    }

    /** A bundle of any log. */
    public static BundleDraft of(SortedMap<String, byte[]> log, long size, long from, long to) {
        log.put(
                "VERIFY.md",
                "How to verify this bundle: see the verifier's README.\n".getBytes(StandardCharsets.UTF_8));
        return new BundleDraft(log, size, from, to);
    }

    /** The manifest behind its list of files. */
    public static String tail(String origin, long size, long from, long to) {
        return ",\"from\":%d,\"origin\":\"%s\",\"size\":%d,\"to\":%d,\"v\":1}\n".formatted(from, origin, size, to);
    }

    public BundleDraft change(Consumer<SortedMap<String, byte[]>> change) {
        change.accept(files);
        return this;
    }

    public BundleDraft manifestTail(String tail) {
        this.manifestTail = tail;
        return this;
    }

    public BundleDraft signer(NoteSigner other) {
        this.signer = other;
        return this;
    }

    /** All files of the bundle, manifest and note included. */
    public SortedMap<String, byte[]> signed() {
        StringBuilder manifest = new StringBuilder("{\"created\":\"2026-11-22T07:00:00Z\",\"files\":{");
        String comma = "";
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            manifest.append(comma).append("\"%s\":\"%s\"".formatted(file.getKey(), sha256Hex(file.getValue())));
            comma = ",";
        }
        byte[] text = manifest.append("}").append(manifestTail).toString().getBytes(StandardCharsets.UTF_8);
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        all.put("manifest.json", text);
        all.put("manifest.note", signer.sign(text));
        return all;
    }

    public byte[] zip() {
        return ZipWriter.zip(signed());
    }

    private static boolean isDisclosureBefore(String name, int from) {
        return (name.startsWith("receipts/") || name.startsWith("records/"))
                && Integer.parseInt(name.replaceAll("\\D", "")) < from;
    }

    private static String sha256Hex(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
