package org.cartulary.compliance.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.threshold.SecretShare;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import org.cartulary.compliance.durable.DurableFiles;

/**
 * Shares of a home's master key, of which so many make it again and fewer say nothing about it: Shamir's scheme over GF(2^8)
 * with the polynomial of AES, each byte by itself, the number of a share being the place.
 */
public final class Escrow {
    /** Most shares of a set. */
    public static final int MOST = KeyShare.MOST;

    private static final ShamirSecretSplitter.Algorithm FIELD = ShamirSecretSplitter.Algorithm.AES;
    private static final int SET_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Escrow() {}

    /** A share as a file. */
    public record ShareFile(String name, String text) {
        /** Its name alone: a share is for no log file. */
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A master key in shares.
     *
     * @param set names them; 16 hexadecimal digits
     */
    public record Shares(String set, List<ShareFile> files) {
        public Shares {
            files = List.copyOf(files);
        }

        /** Writes them into a directory, each readable by its owner alone. */
        public void writeTo(Path directory) {
            for (ShareFile file : files) {
                try {
                    DurableFiles.writeSecret(
                            directory.resolve(file.name()), file.text().getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(
                            "The shares could not all be written to " + directory + " (" + e.getMessage()
                                    + "): delete those of the set " + set + ", make room, and split again",
                            e);
                }
            }
        }
    }

    /**
     * Splits the master key of open keys.
     *
     * @param shares how many, 2 to {@link #MOST}
     * @param threshold how many of them make the key again, 2 to {@code shares}
     */
    public static Shares split(DataKeys keys, int shares, int threshold) {
        if (shares > MOST || threshold < 2 || threshold > shares) {
            throw new IllegalArgumentException(
                    "A key is split into 2 to " + MOST + " shares, of which 2 or more make it" + " again, not into "
                            + shares + " of which " + threshold + " do");
        }
        byte[] random = new byte[SET_BYTES];
        RANDOM.nextBytes(random);
        String set = HexFormat.of().formatHex(random);
        SecretShare[] parts = ShamirSecretSplitter.getInstance(FIELD, KeyFiles.KEY_BYTES, RANDOM)
                .resplit(keys.master().bytes(), threshold, shares)
                .getSecretShares();
        List<ShareFile> files = new ArrayList<>(shares);
        for (int i = 0; i < shares; i++) {
            try {
                KeyShare share = new KeyShare(set, i + 1, shares, threshold, parts[i].getEncoded());
                files.add(new ShareFile(share.fileName(), share.text()));
            } catch (IOException e) {
                throw new IllegalStateException("A share has no encoding", e);
            }
        }
        return new Shares(set, files);
    }

    /** What a combined key was compared with. */
    public enum Fit {
        /** It opens the keys of the home. */
        OPENS,
        /** The home has no keys that it guards. */
        NOTHING_TO_OPEN
    }

    /**
     * Whether shares make the master key of a home; writes nothing.
     *
     * @throws KeyUnusable that names the share or set that does not fit; or where they make a key that is not this home's
     */
    public static Fit check(Path home, List<ShareFile> shares) {
        try {
            Path keys = home.resolve("keys");
            MasterKey master = combined(shares);
            Path file = keys.resolve(MasterKey.FILE);
            if (Files.exists(file) && !MessageDigest.isEqual(KeyFiles.readHex(file), master.bytes())) {
                throw new KeyUnusable("The shares make another key than the one in " + file, null);
            }
            return fit(keys, master);
        } catch (IOException e) {
            throw new KeyUnusable("The keys of " + home + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Makes the master key of a home again, as {@code HOME/keys/master.key}, where it is missing and nothing runs there.
     *
     * @throws KeyUnusable as {@link #check}; and where the file is there already, or another process holds the keys
     */
    public static Fit restore(Path home, List<ShareFile> shares) {
        Path keys = home.resolve("keys");
        Path file = keys.resolve(MasterKey.FILE);
        if (Files.exists(file)) {
            throw new KeyUnusable(file + " is there already, so nothing was written", null);
        }
        MasterKey master = combined(shares);
        try {
            DurableFiles.createSecretDirectory(keys);
            try (FileChannel _ = DataKeys.lock(keys.resolve("lock"))) {
                Fit fit = fit(keys, master);
                String digits = HexFormat.of().formatHex(master.bytes()) + "\n";
                DurableFiles.writeSecret(file, digits.getBytes(StandardCharsets.US_ASCII));
                return fit;
            }
        } catch (IOException e) {
            throw new KeyUnusable("The master key " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Opens what there is to open, and throws where the key is another one. */
    private static Fit fit(Path keys, MasterKey master) throws IOException {
        Fit fit = Fit.NOTHING_TO_OPEN;
        Path data = keys.resolve("data");
        if (Files.isDirectory(data) && !KeyTable.isUnused(data)) {
            KeyTable table = KeyTable.open(data, master);
            fit = table.end() > 0 ? Fit.OPENS : fit;
        }
        Path signing = keys.resolve(LogKeys.FILE);
        if (Files.exists(signing)) {
            LogKeyFile file = new LogKeyFile(signing, master.password(LogKeys.PASSWORD_LABEL));
            boolean whole = !file.read().isEmpty();
            file.forget();
            fit = whole ? Fit.OPENS : fit;
        }
        return fit;
    }

    private static MasterKey combined(List<ShareFile> files) {
        Map<Integer, Named> byNumber = new TreeMap<>();
        for (ShareFile file : files) {
            Named named = new Named(KeyShare.parse(file.text(), file.name()), file.name());
            byNumber.values().forEach(other -> requireSameSet(other, named));
            Named twice = byNumber.put(named.share().number(), named);
            if (twice != null) {
                throw new KeyUnusable(
                        twice.name() + " and " + named.name() + " are the same share, number "
                                + named.share().number() + ": give another one",
                        null);
            }
        }
        return combined(byNumber);
    }

    private record Named(KeyShare share, String name) {}

    private static void requireSameSet(Named one, Named other) {
        KeyShare a = one.share();
        KeyShare b = other.share();
        if (!a.set().equals(b.set()) || a.threshold() != b.threshold() || a.of() != b.of()) {
            throw new KeyUnusable(
                    one.name() + " is of the set " + a.set() + " and " + other.name() + " of the set " + b.set()
                            + ": only shares of one set make a key",
                    null);
        }
    }

    private static MasterKey combined(Map<Integer, Named> byNumber) {
        List<KeyShare> shares = byNumber.values().stream().map(Named::share).toList();
        if (shares.isEmpty()) {
            throw new KeyUnusable("No share was given", null);
        }
        int threshold = shares.getFirst().threshold();
        if (shares.size() < threshold) {
            throw new KeyUnusable(
                    "The set " + shares.getFirst().set() + " wants " + threshold + " shares, and " + shares.size()
                            + " of it were given: " + byNumber.keySet(),
                    null);
        }
        byte[] key = secret(shares.subList(0, threshold));
        if (!MessageDigest.isEqual(key, secret(shares.subList(shares.size() - threshold, shares.size())))) {
            throw new KeyUnusable(
                    "The shares do not lead to one key: one of them was altered together with its check line", null);
        }
        return new MasterKey(key);
    }

    private static byte[] secret(List<KeyShare> shares) {
        ShamirSplitSecretShare[] parts = shares.stream()
                .sorted(Comparator.comparingInt(KeyShare::number))
                .map(share -> new ShamirSplitSecretShare(share.part(), share.number()))
                .toArray(ShamirSplitSecretShare[]::new);
        try {
            return ShamirSplitSecret.getInstance(FIELD, parts).getSecret();
        } catch (IOException e) {
            throw new IllegalStateException("A share has no encoding", e);
        }
    }
}
