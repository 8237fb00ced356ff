package org.cartulary.appliance.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * As whom the child runs. PostgreSQL refuses to run as root, so a root appliance starts it as {@code postgres} or
 * {@code nobody}; where that user cannot reach the binaries or the data (a home below {@code /root}, say), the child gets
 * the one capability of searching directories, and nothing else.
 *
 * @param options of setpriv(1); empty when no privilege has to be dropped
 * @param user who owns the child's files, or null for the current user
 */
record ChildPrivileges(List<String> options, @Nullable UserPrincipal user) {
    static ChildPrivileges forCurrentUser(Path... mustReach) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new ChildPrivileges(List.of(), null);
        }
        UserPrincipal user = unprivileged();
        List<String> drop =
                new ArrayList<>(List.of("--reuid=" + user.getName(), "--regid=" + groupOf(user), "--clear-groups"));
        for (Path path : mustReach) {
            if (!reaches(drop, path)) {
                drop.add("--inh-caps=+dac_read_search");
                drop.add("--ambient-caps=+dac_read_search");
                // PostgreSQL asks access(2) for its binaries, which forgets capabilities without this bit.
                drop.add("--securebits=+no_setuid_fixup");
                break;
            }
        }
        return new ChildPrivileges(List.copyOf(drop), user);
    }

    /** Words before a command that is to run so. */
    List<String> prefix() {
        List<String> words = new ArrayList<>();
        if (!options.isEmpty()) {
            words.add("setpriv");
            words.addAll(options);
        }
        return words;
    }

    void giveTo(Path path) throws IOException {
        if (user != null) {
            Files.setOwner(path, user);
        }
    }

    private static UserPrincipal unprivileged() throws IOException {
        var users = Path.of("/").getFileSystem().getUserPrincipalLookupService();
        try {
            return users.lookupPrincipalByName("postgres");
        } catch (UserPrincipalNotFoundException e) {
            return users.lookupPrincipalByName("nobody");
        }
    }

    private static String groupOf(UserPrincipal user) throws IOException {
        return output(List.of("id", "-g", user.getName())).strip();
    }

    private static boolean reaches(List<String> drop, Path path) throws IOException {
        List<String> command = new ArrayList<>(List.of("setpriv"));
        command.addAll(drop);
        command.addAll(List.of("test", "-x", path.toString()));
        return exit(new ProcessBuilder(command).start()) == 0;
    }

    private static String output(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        exit(process);
        return output;
    }

    private static int exit(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
