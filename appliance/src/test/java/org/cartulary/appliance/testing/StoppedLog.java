package org.cartulary.appliance.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cartulary.appliance.home.DirectoryTree;
import org.cartulary.appliance.testing.SharedAppliance.Running;

/**
 * An evidence log that cannot be written, since something stands where it makes its next checkpoint. Closing this lets it go on,
 * and waits until it does and has what was noted meanwhile.
 */
public final class StoppedLog implements AutoCloseable {
    private final Running running;
    private final Path obstacle;

    private StoppedLog(Running running) {
        this.running = running;
        this.obstacle = running.home().resolve("log/.checkpoint.tmp");
    }

    /** Stops the log of an appliance; it is stopped when this returns. */
    public static StoppedLog of(Running running) {
        StoppedLog stopped = new StoppedLog(running);
        try {
            stopped.stop();
            return stopped;
        } catch (RuntimeException | Error e) {
            stopped.close();
            throw e;
        }
    }

    /** How the log is, as the appliance tells it. */
    public JsonNode status() {
        return running.client().json("/api/status").path("log");
    }

    private void stop() {
        Wait.until("no checkpoint is being written", this::isInTheWay);
        // The log finds out when it has something to publish; where that is so already, the end of this search is
        // refused.
        running.client().post("/api/search", "{\"query\":\"gloves\",\"collection\":\"demo\"}");
        Wait.until("the log stops", () -> status().path("stoppedReason").isTextual());
    }

    private boolean isInTheWay() {
        try {
            Path made = Files.createTempDirectory(running.home(), "obstacle-");
            Files.writeString(made.resolve("full"), "so that it is not removed as something left over");
            try {
                Files.move(made, obstacle);
                return true;
            } catch (FileAlreadyExistsException e) {
                DirectoryTree.delete(made);
                return false;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            DirectoryTree.delete(obstacle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wait.until("the log goes on", () -> status().path("stoppedReason").isNull());
        Wait.until(
                "the library's notes are in the log",
                () -> status().at("/library/notes").asInt() == 0);
    }
}
