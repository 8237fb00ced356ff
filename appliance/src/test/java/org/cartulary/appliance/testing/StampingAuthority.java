package org.cartulary.appliance.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A time-stamping authority without a network, as {@code openssl ts} in a folder is one. */
public final class StampingAuthority {
    private static final Path OPENSSL = Path.of("/usr/bin/openssl");
    private static final String CONFIG = """
            [tsa]
            default_tsa = house
            [house]
            serial = serial
            default_policy = 1.2.3.4.1
            digests = sha256
            signer_digest = sha256
            ess_cert_id_alg = sha256
            [stamper]
            basicConstraints = critical,CA:FALSE
            keyUsage = critical,digitalSignature
            extendedKeyUsage = critical,timeStamping
            """;
    private static final String NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

    private final Path folder;

    private StampingAuthority(Path folder) {
        this.folder = folder;
    }

    /** Whether there can be one here. */
    public static boolean isInstalled() {
        return Files.isExecutable(OPENSSL);
    }

    /** Founds one in a new folder, in which {@code ca.pem} is the certificate of its authority. */
    static void found(Path folder) throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("tsa.cnf"), CONFIG);
        Files.writeString(folder.resolve("serial"), "01\n");
        StampingAuthority authority = new StampingAuthority(folder);
        authority.openssl("req -x509 " + NEW_KEY + " -keyout ca.key -out ca.pem -days 30 -subj /CN=House"
                + " -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign");
        authority.openssl("req -new " + NEW_KEY + " -keyout stamper.key -out stamper.csr -subj /CN=stamper");
        authority.openssl("x509 -req -in stamper.csr -CA ca.pem -CAkey ca.key -set_serial 7 -days 20 -extfile tsa.cnf"
                + " -extensions stamper -out stamper.pem");
    }

    /** The one in a folder. */
    public static StampingAuthority in(Path folder) {
        return new StampingAuthority(folder);
    }

    /** Answers a question. */
    public void reply(Path query, Path answer) throws IOException {
        openssl("ts -reply -config tsa.cnf -queryfile " + query + " -signer stamper.pem -inkey stamper.key -out "
                + answer);
    }

    private void openssl(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
        command.addAll(List.of(arguments.split(" ", -1)));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as(said).isZero();
    }
}
