package org.cartulary.compliance.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cartulary.compliance.canonical.CanonicalJson;

/** Follows VERIFY.md to the letter in a directory with {@code bundle.zip}, {@code log.vkey} and {@code manifest.pem}. */
final class ForeignVerifier {
    private static final Pattern STEP = Pattern.compile("^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SECOND =
            Pattern.compile("^```sh [^\n]*3\\.5[^\n]*\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String RUN = "GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go bundle log.vkey";

    private final Path desk;
    private String output = "";

    ForeignVerifier(Path desk) {
        this.desk = desk;
    }

    static void assumeInstalled() {
        assumeTrue(
                Files.isDirectory(Path.of("/usr/share/gocode/src/golang.org/x/mod/sumdb")),
                "needs the Debian package golang-golang-x-mod-dev");
        for (String tool : List.of("go", "openssl", "unzip")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", tool)), "needs " + tool);
        }
    }

    /** Runs every shell block of VERIFY.md in order. */
    void followGuide() throws IOException, InterruptedException {
        String guide = new String(VerifyGuide.bytes(), java.nio.charset.StandardCharsets.UTF_8);
        StringBuilder script = new StringBuilder("set -eu\n");
        for (Matcher step = STEP.matcher(guide); step.find(); ) {
            script.append(step.group(1));
        }
        assertThat(script.toString()).contains(RUN);
        assertThat(shell(script.toString())).as(output).isZero();
    }

    /** Runs the steps about the second signature, those with OpenSSL only where it knows ML-DSA-44 and is so asked. */
    void followSecondSignature(boolean openssl) throws IOException, InterruptedException {
        String guide = new String(VerifyGuide.bytes(), java.nio.charset.StandardCharsets.UTF_8);
        Matcher step = SECOND.matcher(guide);
        assertThat(step.find()).isTrue();
        String script = openssl ? step.group(1) : step.group(1).replaceAll("(?m)^openssl .*$", "");
        assertThat(shell("set -eu\n" + script)).as(output).isZero();
    }

    boolean isOpensslModern() throws IOException, InterruptedException {
        return shell("openssl list -signature-algorithms | grep -qi 'ML-DSA-44'") == 0;
    }

    /** Runs the Go program that VERIFY.md printed; {@code go run} turns every failure into exit code 1. */
    int runProgram() throws IOException, InterruptedException {
        return shell(RUN);
    }

    private int shell(String script) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(desk.toFile());
        builder.redirectErrorStream(true).environment().put("GOFLAGS", "");
        builder.environment().put("GOCACHE", System.getProperty("java.io.tmpdir") + "/cartulary-test-go-cache");
        Process process = builder.start();
        process.getOutputStream().close();
        output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return process.waitFor();
    }

    String output() {
        return output;
    }

    /** Makes manifest and note fit the altered files, as only the holder of the log key could. */
    void forgeManifest(UnaryOperator<String> sign) throws Exception {
        Path file = desk.resolve("bundle/manifest.json");
        var manifest = (com.fasterxml.jackson.databind.node.ObjectNode) CanonicalJson.parse(Files.readAllBytes(file));
        var directories = (com.fasterxml.jackson.databind.node.ObjectNode) manifest.required("directories");
        for (String name : directories.properties().stream()
                .map(java.util.Map.Entry::getKey)
                .toList()) {
            assertThat(shell("cd bundle && find " + name
                            + " -type f | LC_ALL=C sort | xargs -r sha256sum | sha256sum | cut -c1-64"))
                    .isZero();
            directories.put(name, output.strip());
        }
        String text = CanonicalJson.text(manifest) + "\n";
        Files.writeString(file, text);
        Files.writeString(desk.resolve("bundle/manifest.note"), sign.apply(text));
    }
}
