package org.cartulary.appliance.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    private static final Path BINARIES = Path.of(System.getProperty("cartulary.cache"), "postgresql", "17.11.0");

    @TempDir
    private Path directory;

    @Test
    void keepsWhatWasCommittedOverARestartAndKeepsItsPasswordToItsOwner() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(BINARIES, directory)) {
            Jdbi jdbi = connected(server);
            jdbi.useHandle(handle -> handle.execute("CREATE TABLE kept AS SELECT 42 AS answer"));
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(BINARIES, directory)) {
            assertThat(answer(connected(server))).isEqualTo(42);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void comesBackOnTheSamePortAfterBeingKilled() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(BINARIES, directory)) {
            connected(server).useHandle(handle -> handle.execute("CREATE TABLE kept AS SELECT 42 AS answer"));
            ProcessHandle killed = ProcessHandle.of(server.pid()).orElseThrow();
            killed.destroyForcibly();
            killed.onExit().get(10, TimeUnit.SECONDS);
            assertThat(answer(connected(server))).isEqualTo(42);
            assertThat(server.pid()).isNotEqualTo(killed.pid());
        }
    }

    @Test
    void stopsTheServerThatAKilledApplianceLeftBehind() {
        EmbeddedPostgres left = EmbeddedPostgres.start(BINARIES, directory);
        connected(left).useHandle(handle -> handle.execute("CREATE TABLE kept AS SELECT 42 AS answer"));
        left.abandon();
        try (EmbeddedPostgres server = EmbeddedPostgres.start(BINARIES, directory)) {
            assertThat(answer(connected(server))).isEqualTo(42);
            assertThat(left.isAlive()).isFalse();
        }
    }

    @Test
    void refusesAConnectionWithoutThePassword() {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(BINARIES, directory)) {
            connected(server);
            Jdbi stranger = Jdbi.create(server.jdbcUrl(), EmbeddedPostgres.USER, "wrong");
            assertThatThrownBy(stranger::open).hasStackTraceContaining("password authentication failed");
        }
    }

    /** The temporary directory is its owner's alone; where tests run as root, PostgreSQL runs as another user. */
    @Test
    void startsFromACacheThatOnlyItsOwnerCanEnter() throws IOException {
        Path binaries = Files.createSymbolicLink(directory.resolve("binaries"), BINARIES);
        try (EmbeddedPostgres server = EmbeddedPostgres.start(binaries, directory)) {
            connected(server).useHandle(handle -> handle.execute("CREATE EXTENSION vector"));
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void namesWhatIsMissingWhereSetUpHasNotRun() {
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory.resolve("nowhere"), directory))
                .isInstanceOf(DatabaseUnavailable.class)
                .hasMessageContaining("deploy/cartulary setup");
    }

    private static int answer(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT answer FROM kept")
                .mapTo(Integer.class)
                .one());
    }

    /** A server that starts refuses connections for a moment; the pool of the product waits in the same way. */
    private static Jdbi connected(EmbeddedPostgres server) {
        return Jdbi.create(ConnectionWait.await(server.jdbcUrl(), EmbeddedPostgres.USER, server.password()));
    }
}
