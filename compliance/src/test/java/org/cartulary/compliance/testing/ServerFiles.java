package org.cartulary.compliance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the test server's binaries and data lie, and under which user it runs: PostgreSQL refuses to run as root, so
 * root hands it to {@code postgres} or {@code nobody}.
 */
final class ServerFiles {
    private static final String PREFIX = "cartulary-test-postgres-";

    private final Path installation;
    private final Path base;
    private final boolean root;
    private final String user;

    private ServerFiles(Path installation, Path base, boolean root, String user) {
        this.installation = installation;
        this.base = base;
        this.root = root;
        this.user = user;
    }

    static ServerFiles create() throws IOException {
        Path installation = installation();
        boolean root = "root".equals(System.getProperty("user.name"));
        String user = knownUser("postgres") ? "postgres" : "nobody";
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        removeLeftovers(temp);
        Path base =
                Files.createTempDirectory(temp, PREFIX + ProcessHandle.current().pid() + "-");
        ServerFiles files = new ServerFiles(installation, base, root, user);
        files.give(base);
        return files;
    }

    private static Path installation() {
        Path installation = Cache.directory().resolve("postgresql/17.11.0");
        if (!Files.isExecutable(installation.resolve("bin/postgres"))) {
            throw new IllegalStateException("No PostgreSQL at " + installation
                    + ": run deploy/cartulary once to set up, or point CARTULARY_CACHE at a filled cache");
        }
        return installation;
    }

    private static boolean knownUser(String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.anyMatch(line -> line.startsWith(name + ":"));
        }
    }

    Path base() {
        return base;
    }

    Path data() {
        return base.resolve("data");
    }

    String binary(String name) {
        return installation.resolve("bin").resolve(name).toString();
    }

    /** The command prefix that drops to the server's user, or only applies {@code options} where this is not root. */
    List<String> asServerUser(List<String> options) {
        List<String> prefix = new ArrayList<>(List.of("setpriv"));
        if (root) {
            prefix.addAll(List.of("--reuid", user, "--regid", primaryGroup(), "--clear-groups"));
            if (!traversable(installation) || !traversable(base)) {
                prefix.addAll(List.of("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search"));
                // PostgreSQL asks access(2) for its binaries, which forgets capabilities without this bit.
                prefix.addAll(List.of("--securebits", "+no_setuid_fixup"));
            }
        }
        prefix.addAll(options);
        prefix.add("--");
        return prefix;
    }

    private String primaryGroup() {
        return user.equals("nobody") ? "nogroup" : user;
    }

    private static boolean traversable(Path path) {
        try {
            for (Path at = path.getParent(); at != null; at = at.getParent()) {
                if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void initialise(String superuser, String password) throws IOException {
        Path secret = Files.writeString(base.resolve("password"), password, StandardCharsets.US_ASCII);
        give(secret);
        List<String> command = new ArrayList<>(asServerUser(List.of()));
        command.addAll(List.of(binary("initdb"), "-D", data().toString(), "-U", superuser));
        command.addAll(List.of("--pwfile", secret.toString(), "--auth", "scram-sha-256", "--encoding", "UTF8"));
        command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--no-sync"));
        Path log = base.resolve("initdb.txt");
        Process process = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("initdb failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted in initdb", e);
        }
    }

    private void give(Path path) throws IOException {
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        if (root) {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
    }

    void delete() {
        delete(base);
    }

    /** A killed JVM leaves its files; whoever comes next clears those whose owner no longer lives. */
    private static void removeLeftovers(Path temp) throws IOException {
        try (Stream<Path> entries = Files.list(temp)) {
            entries.filter(ServerFiles::isAbandoned).forEach(ServerFiles::delete);
        }
    }

    private static boolean isAbandoned(Path path) {
        String name = path.getFileName().toString();
        if (!name.startsWith(PREFIX)) {
            return false;
        }
        String pid = name.substring(PREFIX.length()).split("-", 2)[0];
        return pid.matches("\\d{1,10}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            paths.sorted(Comparator.reverseOrder()).forEach(ServerFiles::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(ServerFiles.class.getName()).log(System.Logger.Level.WARNING, "Left behind: " + tree, e);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (NoSuchFileException e) {
            // The server removes its own files while it stops: gone is what was wanted.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
