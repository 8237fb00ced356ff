package org.cartulary.verifier.witness;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.cartulary.verifier.note.VerifierKey;
import org.cartulary.verifier.testing.Golden;
import org.cartulary.verifier.testing.NaiveTree;
import org.cartulary.verifier.testing.NoteSigner;

/** A log with the golden key that a test lets grow. */
final class GrowingLog {
    private static final NoteSigner SIGNER = NoteSigner.golden("log");

    static final String ORIGIN = Golden.keys("log").getFirst().name();

    private final List<byte[]> leaves = new ArrayList<>();

    static List<VerifierKey> keys() {
        return Golden.keys("log");
    }

    GrowingLog grow(int size, String words) {
        while (leaves.size() < size) {
            leaves.add(NaiveTree.leaf((words + leaves.size()).getBytes(StandardCharsets.UTF_8)));
        }
        return this;
    }

    String text() {
        return ORIGIN + "\n" + leaves.size() + "\n" + base64(NaiveTree.root(leaves)) + "\n";
    }

    String note() {
        return SIGNER.sign(text());
    }

    /** What is sent to a witness that last cosigned {@code old} entries. */
    byte[] since(int old) {
        StringBuilder body = new StringBuilder("old " + old + "\n");
        if (old > 0 && old < leaves.size()) {
            NaiveTree.proof(old, leaves)
                    .forEach(hash -> body.append(base64(hash)).append('\n'));
        }
        return bytes(body + "\n" + note());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }
}
