package org.cartulary.inference.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The child's end of what {@link ForkedJava} says on standard input. */
public final class Lifeline {
    private static final int MAX_SETTINGS_BYTES = 1 << 20;

    private final InputStream in;

    public Lifeline(InputStream in) {
        this.in = in;
    }

    /** The line of settings. */
    public String settings() throws IOException {
        byte[] line = new byte[MAX_SETTINGS_BYTES];
        int length = 0;
        int next = in.read();
        while (next >= 0 && next != '\n' && length < line.length) {
            line[length++] = (byte) next;
            next = in.read();
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /** Ends this process at once when the parent's end of the line closes. */
    public void follow() {
        Thread.ofPlatform().name("parent-watch").daemon().start(() -> {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // A broken line is an ended one.
            } finally {
                Runtime.getRuntime().halt(EXIT_ORPHANED);
            }
        });
    }

    /** Exit code of a child whose parent went away. */
    public static final int EXIT_ORPHANED = 3;
}
