package org.cartulary.inference.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** Hashes of files. */
final class Sha256 {
    private static final int CHUNK_BYTES = 1 << 20;

    private Sha256() {}

    /** SHA-256 of a file's bytes, in hex. */
    static String of(Path file) throws IOException {
        return of(file, bytes -> {});
    }

    /**
     * SHA-256 of a file's bytes, in hex.
     *
     * @param progress hears how many bytes are done
     */
    static String of(Path file, LongConsumer progress) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK_BYTES];
        long done = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
                done += read;
                progress.accept(done);
            }
        }
        return hex(digest);
    }

    /** SHA-256 of bytes, in hex. */
    static String of(byte[] bytes) {
        MessageDigest digest = digest();
        digest.update(bytes);
        return hex(digest);
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
