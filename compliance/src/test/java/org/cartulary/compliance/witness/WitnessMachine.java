package org.cartulary.compliance.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The witness of the verifier's jar, as on another machine: in processes of its own, by its command line alone. */
final class WitnessMachine implements AutoCloseable {
    private final Path directory;
    private final Path desk;
    private @Nullable Process serving;
    private String output = "";

    private WitnessMachine(Path desk) {
        this.desk = desk;
        this.directory = desk.resolve("witness");
    }

    /** Makes a witness that trusts a log. */
    static WitnessMachine that(Path desk, String vkey) throws IOException {
        WitnessMachine machine = new WitnessMachine(desk);
        assertThat(machine.run("witness", "init", "witness", "--name", "ward.example/w1"))
                .isZero();
        machine.trust(vkey);
        return machine;
    }

    void trust(String vkey) throws IOException {
        Files.writeString(desk.resolve("log.vkey"), vkey + "\n");
        assertThat(run("witness", "trust", "witness", "--key", "log.vkey")).isZero();
    }

    /** Listens on a free port; its address. */
    String serve() throws IOException {
        Process started = new ProcessBuilder(command("witness", "serve", "witness", "--listen", "127.0.0.1:0"))
                .directory(desk.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        serving = started;
        BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        assertThat(line).contains(" at http://");
        return line.substring(line.indexOf("http://"));
    }

    /** As a policy that asks for both of its keys. */
    String policy(String logVkey, String url) throws IOException {
        List<String> vkeys = Files.readAllLines(directory.resolve("witness.vkey"));
        return "log " + logVkey + "\nwitness classic " + vkeys.get(0) + " " + url + "\nwitness quantum " + vkeys.get(1)
                + "\ngroup both all classic quantum\nquorum both\n";
    }

    String cosign(String submission) throws IOException {
        Files.writeString(desk.resolve("request"), submission);
        int exit = run("witness", "cosign", "witness", "--in", "request", "--out", "cosigned");
        assertThat(exit).as(output).isZero();
        return Files.readString(desk.resolve("cosigned"));
    }

    /** Runs the verifier's command line in the desk's folder; its exit code. */
    int run(String... arguments) throws IOException {
        Process process = new ProcessBuilder(command(arguments))
                .directory(desk.toFile())
                .redirectErrorStream(true)
                .start();
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.onExit().join().exitValue();
    }

    String output() {
        return output;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.cartulary.verifier.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        if (serving != null) {
            serving.destroyForcibly().onExit().join();
        }
    }
}
