package org.cartulary.verifier;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.cartulary.verifier.bundle.BundleVerifier;
import org.cartulary.verifier.bundle.ReceiptVerifier;
import org.cartulary.verifier.log.LogVerifier;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.witness.WitnessCommand;
import org.jspecify.annotations.Nullable;

/** Runs one command. Exit codes: 0 every check held, 1 one failed, 2 wrong use, an unreadable file included. */
public final class CommandLine {
    static final int HELD = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private static final int MAX_FILE_BYTES = 1 << 26;

    private static final String HELP = """
            Verifies evidence of a Cartulary log, offline.

              verify BUNDLE.zip --key FILE [--key FILE…] [--certificate FILE] [--json]
              verify-receipt N.tlog-proof --record N.json --key FILE [--json]
              fsck LOGDIR --key FILE [--json]

            FILE holds verifier keys (C2SP vkey), one a line, or a policy (C2SP tlog-policy) that says which
            witnesses must have cosigned; lines that start with # are comments.
            A log's Ed25519 key (log.vkey) is enough; where its ML-DSA-44 key (log-ml-dsa-44.vkey) is given too, both
            must have signed.
            --certificate takes manifest.pem of the appliance (PEM): then the CMS signature of the manifest has to be by it.
            Take keys, certificate and policy from whom you trust, never from the bundle.

            Or cosigns what such a log has grown to, on a machine of its own:

            """ + WitnessCommand.HELP.indent(0) + """

            Example:
              java -jar cartulary-verifier.jar verify evidence-2026-11.zip --key log.vkey --certificate manifest.pem

            Exit: 0 every check held, 1 a check failed (named), 2 wrong use.
            """;

    private final PrintStream out;
    private final PrintStream err;

    /** Prints reports to {@code out} and complaints about use to {@code err}. */
    public CommandLine(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs a command and returns its exit code. */
    public int run(String... arguments) {
        try {
            if (arguments.length > 0 && arguments[0].equals("witness")) {
                return witness(List.of(arguments).subList(1, arguments.length));
            }
            Arguments parsed = Arguments.parse(arguments);
            if (parsed.command().equals(Arguments.HELP)) {
                out.print(HELP);
                return HELD;
            }
            Report report = verify(parsed);
            if (parsed.json()) {
                JsonReport.print(report, out);
            } else {
                TextReport.print(report, out);
            }
            return report.held() ? HELD : FAILED;
        } catch (UsageException e) {
            err.println(e.getMessage());
            err.println("See: java -jar cartulary-verifier.jar help");
        } catch (IOException | UncheckedIOException e) {
            err.println("Cannot verify: " + (e instanceof NoSuchFileException ? "no file " : "") + e.getMessage());
        }
        return WRONG_USE;
    }

    private int witness(List<String> arguments) throws IOException {
        try {
            return new WitnessCommand(System.in, out, err).run(arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Report verify(Arguments arguments) throws IOException {
        Path subject = requireNonNull(arguments.subject());
        TrustPolicy policy = policy(arguments.keys());
        return switch (arguments.command()) {
            case Arguments.VERIFY -> BundleVerifier.verify(subject, policy, certificate(arguments.certificate()));
            case Arguments.FSCK -> LogVerifier.verify(subject, policy);
            default ->
                ReceiptVerifier.verify(
                        subject.toString(), read(subject), read(requireNonNull(arguments.record())), policy);
        };
    }

    private static @Nullable X509Certificate certificate(@Nullable Path file) throws IOException {
        if (file == null) {
            return null;
        }
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(read(file)));
        } catch (CertificateException e) {
            throw new UsageException("certificate file " + file + ": no X.509 certificate (" + e.getMessage() + ")");
        }
    }

    /** What several files say together. */
    private static TrustPolicy policy(List<Path> files) throws IOException {
        TrustPolicy policy = TrustPolicy.ofKeys(List.of());
        for (Path file : files) {
            try {
                policy = policy.and(TrustPolicy.parse(new String(read(file), StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                throw new UsageException("key file " + file + ": " + e.getMessage());
            }
        }
        if (policy.logs().isEmpty()) {
            throw new UsageException("no key of a log in " + files + ": give the log.vkey of the appliance too");
        }
        return policy;
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new IOException(file + " is longer than " + MAX_FILE_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
