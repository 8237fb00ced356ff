package org.cartulary.compliance.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** VERIFY.md of every bundle: the steps, with the whole Go program that they use printed in them. */
final class VerifyGuide {
    private static final String PROGRAM_PLACE = "@PROGRAM@\n";

    private VerifyGuide() {}

    static byte[] bytes() {
        return resource("VERIFY.md")
                .replace(PROGRAM_PLACE, resource("verify.go"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream in = VerifyGuide.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks its resource " + name + ": build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
