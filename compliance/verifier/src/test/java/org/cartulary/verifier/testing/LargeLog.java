package org.cartulary.verifier.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes bundles of any size, all entries disclosed: questions of three entries each, with payloads of some hundred
 * bytes. Every {@code batch} entries share a checkpoint in their receipts, as they do when they were integrated together.
 */
public final class LargeLog {
    private static final Base64.Encoder BASE64 = Base64.getEncoder();
    /** Roots of the complete subtrees, by height and place. */
    private final List<List<byte[]>> subtrees = new ArrayList<>(List.of(new ArrayList<>()));

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final List<byte[]> leaves = new ArrayList<>();

    private final String origin;
    private final NoteSigner signer;
    private final LeafChange change;

    /** What a leaf says instead. */
    public interface LeafChange {
        LeafChange NONE = (index, leaf) -> leaf;

        String changed(int index, String leaf);
    }

    private LargeLog(int size, int batch, NoteSigner signer, LeafChange change) {
        this.origin = signer.name();
        this.signer = signer;
        this.change = change;
        for (int i = 0; i < size; i++) {
            addEntry(i);
        }
        addTiles(size);
        files.put("log/checkpoint", checkpoint(size));
        byte[] checkpoint = {};
        for (int i = 0; i < size; i++) {
            int at = Math.min(size, (i / batch + 1) * batch);
            checkpoint = i % batch == 0 ? checkpoint(at) : checkpoint;
            files.put("receipts/" + i + ".tlog-proof", receipt(i, at, checkpoint));
        }
    }

    /** Arguments: file to write, number of entries, entries that share a checkpoint. */
    public static void main(String[] arguments) throws IOException {
        byte[] zip = bundle(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Files.write(Path.of(arguments[0]), zip);
    }

    /** A bundle of {@code size} entries. */
    public static byte[] bundle(int size, int batch) {
        return draft(size, batch).zip();
    }

    /** A bundle in the making. */
    public static BundleDraft draft(int size, int batch) {
        return draft(size, batch, NoteSigner.golden("log"), LeafChange.NONE);
    }

    /** A bundle in the making of the log that a signer signs, which bears the signer's name. */
    public static BundleDraft draft(int size, int batch, NoteSigner signer, LeafChange change) {
        return BundleDraft.of(new LargeLog(size, batch, signer, change).files, size, 0, size)
                .manifestTail(BundleDraft.tail(signer.name(), size, 0, size))
                .signer(signer);
    }

    private void addEntry(int index) {
        int number = index / 3 + 1;
        String leaf;
        String record;
        String time =
                "\"time\":\"2026-11-22T06:%02d:%02d.%06dZ\"".formatted(index / 60_000 % 60, index / 1000 % 60, index);
        String common = "\"number\":" + number + ",\"origin\":\"" + origin + "\",";
        String digest = "0123456789abcdef".repeat(4);
        switch (index % 3) {
            case 0 -> {
                record = "{\"question\":\"What is the dose of drug " + index + "?\"}";
                leaf = "{\"act\":\"ask\"," + actorAndDigest("question", record) + common + time
                        + ",\"type\":\"asked\",\"v\":1}";
            }
            case 1 -> {
                record = "{\"prompt\":\"" + "Answer from the numbered sources only. ".repeat(20) + index + "\"}";
                leaf = "{" + actorAndDigest("prompt", record) + "\"filterDigest\":\"" + digest
                        + "\",\"generation\":\"g1\",\"hits\":8,\"model\":\"" + digest + "\"," + common
                        + "\"policyVersion\":7," + time + ",\"type\":\"retrieved\",\"v\":1}";
            }
            default -> {
                record = "{\"answer\":\"The dose is " + index + " mg, at most four times a day [1].\"}";
                leaf = "{" + actorAndDigest("answer", record) + "\"generation\":\"g1\",\"model\":\"" + digest + "\","
                        + common + "\"policyVersion\":7," + time + ",\"type\":\"answered\",\"v\":1}";
            }
        }
        byte[] bytes = change.changed(index, leaf).getBytes(StandardCharsets.UTF_8);
        leaves.add(bytes);
        addHash(NaiveTree.leaf(bytes));
        String name = record.substring(2, record.indexOf('"', 2));
        String text = "{\"leaf\":\"" + BASE64.encodeToString(bytes) + "\",\"payload\":" + record + ",\"salts\":{\""
                + name + "\":\"" + BASE64.encodeToString(new byte[32]) + "\"}}\n";
        files.put("records/" + index + ".json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String actorAndDigest(String name, String payload) {
        String value = payload.substring(payload.indexOf(':') + 1, payload.length() - 1);
        byte[] digest = sha256(new byte[32], value.getBytes(StandardCharsets.UTF_8));
        return "\"actor\":\"AAECAwQFBgcICQoLDA0ODw\",\"digests\":{\"" + name + "\":\"" + BASE64.encodeToString(digest)
                + "\"},";
    }

    private void addHash(byte[] leafHash) {
        byte[] hash = leafHash;
        for (int height = 0; ; height++) {
            List<byte[]> row = subtrees.get(height);
            row.add(hash);
            if (row.size() % 2 == 1) {
                return;
            }
            hash = NaiveTree.node(row.get(row.size() - 2), hash);
            if (subtrees.size() == height + 1) {
                subtrees.add(new ArrayList<>());
            }
        }
    }

    private void addTiles(int size) {
        for (int from = 0; from < size; from += 256) {
            ByteArrayOutputStream entries = new ByteArrayOutputStream();
            for (byte[] leaf : leaves.subList(from, Math.min(size, from + 256))) {
                entries.write(leaf.length >> 8);
                entries.write(leaf.length);
                entries.writeBytes(leaf);
            }
            files.put("log/tile/entries/" + place(from / 256, Math.min(256, size - from)), entries.toByteArray());
        }
        for (int level = 0; size >> (8 * level) > 0; level++) {
            int hashes = size >> (8 * level);
            for (int from = 0; from < hashes; from += 256) {
                ByteArrayOutputStream tile = new ByteArrayOutputStream();
                subtrees.get(8 * level)
                        .subList(from, Math.min(hashes, from + 256))
                        .forEach(tile::writeBytes);
                files.put("log/tile/" + level + "/" + place(from / 256, tile.size() / 32), tile.toByteArray());
            }
        }
    }

    private static String place(int index, int width) {
        String thousands = index >= 1000 ? "x%03d/".formatted(index / 1000) : "";
        return thousands + "%03d".formatted(index % 1000) + (width < 256 ? ".p/" + width : "");
    }

    private byte[] root(int from, int to) {
        int size = to - from;
        if (Integer.bitCount(size) == 1) {
            int height = Integer.numberOfTrailingZeros(size);
            return subtrees.get(height).get(from >> height);
        }
        int split = from + Integer.highestOneBit(size - 1);
        return NaiveTree.node(root(from, split), root(split, to));
    }

    private void path(int index, int from, int to, StringBuilder lines) {
        if (to - from == 1) {
            return;
        }
        int split = from + Integer.highestOneBit(to - from - 1);
        boolean left = index < split;
        path(index, left ? from : split, left ? split : to, lines);
        byte[] sibling = left ? root(split, to) : root(from, split);
        lines.append(BASE64.encodeToString(sibling)).append('\n');
    }

    private byte[] checkpoint(int size) {
        String root = BASE64.encodeToString(root(0, size));
        return signer.sign((origin + "\n" + size + "\n" + root + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private byte[] receipt(int index, int size, byte[] checkpoint) {
        StringBuilder proof = new StringBuilder("c2sp.org/tlog-proof@v1\nindex " + index + "\n");
        path(index, 0, size, proof);
        proof.append('\n').append(new String(checkpoint, StandardCharsets.UTF_8));
        return proof.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
