package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/** A copy of the files of an appliance's own PostgreSQL, made while it runs, as backups are. */
public final class DatabaseCopy {
    private final Path data;
    private final Path copy;

    private DatabaseCopy(Path data, Path copy) {
        this.data = data;
        this.copy = copy;
    }

    /** Makes one by PostgreSQL's low-level interface for backups. */
    public static DatabaseCopy of(Path home, Jdbi jdbi, Path scratch) {
        DatabaseCopy made = new DatabaseCopy(home.resolve("postgresql").resolve("data"), scratch.resolve("copy"));
        String label = jdbi.withHandle(handle -> {
            handle.createQuery("SELECT pg_backup_start('copy', true)::text")
                    .mapTo(String.class)
                    .one();
            made.shell("cp -a \"$1\" \"$2\"");
            return handle.createQuery("SELECT labelfile FROM pg_backup_stop(false)")
                    .mapTo(String.class)
                    .one();
        });
        made.shell("cp -a \"$1/pg_wal/.\" \"$2/pg_wal/\" && rm -f \"$2/postmaster.pid\" \"$2/postmaster.opts\"");
        try {
            Files.write(made.copy.resolve("backup_label"), label.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        made.shell("chown --reference=\"$2/PG_VERSION\" \"$2/backup_label\"");
        return made;
    }

    /** Puts it in place of what is newer; nothing runs there. */
    public void putBack() {
        shell("mv \"$1\" \"$2.newest\" && mv \"$2\" \"$1\"");
    }

    private void shell(String script) {
        try {
            Process process = new ProcessBuilder("sh", "-c", script, "sh", data.toString(), copy.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue()).as(output).isZero();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
