package org.cartulary.inference.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Java process of ours. It reads its settings as one line from standard input, which stays open as its lifeline: at
 * its end the child knows that the parent is gone. Where util-linux' {@code setpriv} exists, the kernel kills the child
 * too when the <em>thread</em> that started it ends, so that thread must live as long as the child.
 */
public final class ForkedJava implements AutoCloseable {
    /** All that a child inherits: a parent's environment can hold passwords. */
    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private static final Logger LOG = LoggerFactory.getLogger(ForkedJava.class);

    private final Process process;
    private final Thread reader;

    private ForkedJava(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    /**
     * What to start.
     *
     * @param mainClass with a main method that reads one line of settings
     * @param classPath in the form of {@code -cp}
     * @param jvmOptions after the fixed ones
     * @param environment added to the few inherited variables
     */
    public record Launch(String mainClass, String classPath, List<String> jvmOptions, Map<String, String> environment) {
        public Launch {
            jvmOptions = List.copyOf(jvmOptions);
            environment = Map.copyOf(environment);
        }
    }

    /**
     * Starts the process.
     *
     * @param settings one line
     * @param output hears each line that it writes to standard output and error, on a thread of its own
     * @throws IOException when the system cannot start it
     */
    public static ForkedJava start(Launch launch, String settings, Consumer<String> output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(launch)).redirectErrorStream(true);
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(launch.environment());
        Process process = builder.start();
        Thread reader = Thread.ofPlatform()
                .name("output-of-" + process.pid())
                .daemon()
                .start(() -> read(process.getInputStream(), output));
        try {
            OutputStream lifeline = process.getOutputStream();
            lifeline.write((settings + "\n").getBytes(StandardCharsets.UTF_8));
            lifeline.flush();
            return new ForkedJava(process, reader);
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The operating system's number for it. */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended, in words, or empty when it has not within the time. */
    public Optional<String> awaitEnd(long millis) {
        try {
            if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            int code = process.exitValue();
            return Optional.of(code > 128 ? "killed by signal " + (code - 128) : "exit code " + code);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Waits until all that it has written is read; for when it has ended. */
    public void awaitOutput(long millis) {
        try {
            reader.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it, and closes its lifeline. What it has written is still read. */
    @Override
    public void close() {
        // Not Process.destroyForcibly: that closes its output too, and with it goes what it said last of why it ended.
        process.toHandle().destroyForcibly();
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("The lifeline of {} was closed already", pid(), e);
        }
    }

    private static List<String> command(Launch launch) {
        List<String> command = new ArrayList<>();
        // A session of its own: Ctrl-C on the console is for the appliance, which then ends its workers in good order.
        tool("setsid").ifPresent(path -> command.add(path.toString()));
        tool("setpriv").ifPresent(path -> command.addAll(List.of(path.toString(), "--pdeathsig", "KILL")));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-Dfile.encoding=UTF-8"));
        command.addAll(operatorsOptions());
        command.addAll(launch.jvmOptions());
        command.addAll(List.of("-cp", launch.classPath(), launch.mainClass()));
        return command;
    }

    /** {@code CARTULARY_WORKER_JAVA_OPTS}, parted at white space; what a launch sets itself comes later and wins. */
    private static List<String> operatorsOptions() {
        String options = System.getenv("CARTULARY_WORKER_JAVA_OPTS");
        return options == null || options.isBlank()
                ? List.of()
                : List.of(options.strip().split("\\s+", -1));
    }

    private static Optional<Path> tool(String name) {
        return Stream.of("/usr/bin", "/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void read(InputStream stream, Consumer<String> output) {
        try (BufferedReader reader =
                new BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.accept(line);
            }
        } catch (IOException e) {
            output.accept("(output ended: " + e.getMessage() + ")");
        }
    }
}
