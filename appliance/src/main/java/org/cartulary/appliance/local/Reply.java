package org.cartulary.appliance.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What came back.
 *
 * @param body is read as it arrives; closing it early ends the connection, which cancels the work behind it
 */
public record Reply(int status, String contentType, InputStream body) implements AutoCloseable {
    /** Whether the call succeeded. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The whole body as text. */
    public String text() {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new LocalCallFailed("The appliance broke off its answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
