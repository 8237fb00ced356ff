package org.cartulary.verifier.witness;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.cartulary.verifier.note.VerifierKey;
import org.jspecify.annotations.Nullable;

/** {@code witness …}: makes a witness, lets it trust logs, and lets it cosign by network or file by file. */
public final class WitnessCommand {
    /** What there is. */
    public static final String HELP = """
              witness init DIR --name NAME            makes keys; hand out DIR/witness.vkey
              witness trust DIR --key FILE            lets it know a log by its log.vkey
              witness serve DIR --listen HOST:PORT    cosigns over the network (C2SP tlog-witness)
              witness cosign DIR --in FILE --out FILE cosigns what "audit checkpoint" wrote; - is standard input or output
                     … --qr [FILE.svg]                draws what goes back as a QR code, beside --out or in its place;
                                                      codes that were scanned are read with --in -
                       --both                         with the ML-DSA-44 signature too, which takes several codes
                       --per-code BYTES               at most so many in one code (1500); fewer make smaller codes
              witness show DIR                        its keys, its logs, and what it cosigned last; --qr draws that again
            """;

    private static final int HELD = 0;
    private static final int REFUSED = 1;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    /** Reads {@code in} where asked to, prints to {@code out}, and refusals to {@code err}. */
    public WitnessCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a command.
     *
     * @param arguments behind {@code witness}
     * @return 0, or 1 where a checkpoint was not cosigned
     * @throws IllegalArgumentException with a sentence where the use is wrong
     */
    public int run(List<String> arguments) throws IOException {
        Deque<String> rest = new ArrayDeque<>(arguments);
        String command = required(rest.poll(), "witness needs init, trust, serve, cosign or show");
        Path directory = Path.of(required(rest.poll(), "witness " + command + " needs the directory of the witness"));
        Map<String, String> options = options(rest);
        return switch (command) {
            case "init" -> init(directory, option(options, "--name"));
            case "trust" -> trust(directory, Path.of(option(options, "--key")));
            case "serve" -> serve(directory, address(option(options, "--listen")));
            case "cosign" -> cosign(directory, option(options, "--in"), options.get("--out"), code(options));
            case "show" -> show(directory, code(options));
            default -> throw new IllegalArgumentException("no command \"witness " + command + "\"");
        };
    }

    private int init(Path directory, String name) throws IOException {
        try {
            WitnessKeys keys = WitnessKeys.create(directory, name);
            keys.verifiers().forEach(key -> out.println(key.vkey()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a witness has a name without spaces and plus signs", e);
        }
        return HELD;
    }

    private int trust(Path directory, Path file) throws IOException {
        WitnessKeys.open(directory);
        List<VerifierKey> keys = VerifierKey.parseAll(Files.readString(file));
        Witness.trust(directory, keys).forEach(key -> out.println("trusts " + key.shown()));
        return HELD;
    }

    private int serve(Path directory, InetSocketAddress address) throws IOException {
        try (Witness witness = Witness.open(directory, Clock.systemUTC());
                WitnessServer server = WitnessServer.start(witness, address, err)) {
            out.println("Witness of " + witness.logs().size() + " logs at http://"
                    + server.address().getHostString() + ":" + server.address().getPort());
            out.flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return HELD;
    }

    private int cosign(Path directory, String from, @Nullable String to, @Nullable CosignedCode code)
            throws IOException {
        if (to == null && code == null) {
            throw new IllegalArgumentException("needs --out FILE, or --qr");
        }
        byte[] body = NumberedCodes.joined(read(from)).getBytes(StandardCharsets.UTF_8);
        try (Witness witness = Witness.open(directory, Clock.systemUTC())) {
            return switch (witness.add(body)) {
                case Outcome.Cosigned cosigned -> {
                    if (to != null) {
                        write(to, cosigned.checkpoint());
                    }
                    if (code != null) {
                        code.draw(cosigned.checkpoint(), witness.verifiers(), out, err);
                    }
                    yield HELD;
                }
                case Outcome.Conflict conflict -> {
                    err.println("Not cosigned: this witness last cosigned " + conflict.size()
                            + " entries; write the file again with \"audit checkpoint --since " + conflict.size()
                            + "\"");
                    yield REFUSED;
                }
                case Outcome.Refused refused -> {
                    err.println("Not cosigned: " + refused.reason());
                    yield REFUSED;
                }
            };
        }
    }

    private int show(Path directory, @Nullable CosignedCode code) throws IOException {
        try (Witness witness = Witness.open(directory, Clock.systemUTC())) {
            witness.verifiers().forEach(key -> out.println("signs as " + key.vkey()));
            for (VerifierKey log : witness.logs()) {
                String last = witness.latest(Witness.originHash(log.name()))
                        .map(note -> new String(note, StandardCharsets.UTF_8))
                        .orElse("");
                String size = last.lines().skip(1).findFirst().orElse("");
                out.println("trusts " + log.shown() + ": "
                        + (size.isEmpty() ? "nothing cosigned yet" : "last cosigned at " + size + " entries"));
                if (code != null && !size.isEmpty()) {
                    code.draw(last, witness.verifiers(), out, err);
                }
            }
        }
        return HELD;
    }

    private String read(String from) throws IOException {
        try (InputStream source = from.equals("-") ? in : Files.newInputStream(Path.of(from))) {
            byte[] bytes = source.readNBytes(Submission.MAX_BYTES + 1);
            if (bytes.length > Submission.MAX_BYTES) {
                throw new IOException(from + " is longer than " + Submission.MAX_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private void write(String to, String text) throws IOException {
        if (to.equals("-")) {
            out.print(text);
        } else {
            SafeFiles.replace(Path.of(to), text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static @Nullable CosignedCode code(Map<String, String> options) {
        String file = options.get("--qr");
        boolean both = options.containsKey("--both");
        String bytes = options.getOrDefault("--per-code", String.valueOf(NumberedCodes.USUAL_BYTES));
        if (file == null) {
            if (both || options.containsKey("--per-code")) {
                throw new IllegalArgumentException("--both and --per-code belong to --qr");
            }
            return null;
        }
        if (!bytes.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("--per-code takes a number of bytes, such as 300");
        }
        return new CosignedCode(file.isEmpty() ? null : Path.of(file), both, Integer.parseInt(bytes));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("--listen takes HOST:PORT, such as 192.168.1.5:8480");
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 65_535) {
            throw new IllegalArgumentException("there is no port " + port);
        }
        return new InetSocketAddress(text.substring(0, colon), port);
    }

    private static Map<String, String> options(Deque<String> rest) {
        Map<String, String> options = new HashMap<>();
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (!option.startsWith("--")) {
                throw new IllegalArgumentException("\"" + option + "\" is too much");
            }
            options.put(option, value(option, rest));
        }
        return options;
    }

    /** {@code --qr} may have one, {@code --both} has none. */
    private static String value(String option, Deque<String> rest) {
        String next = rest.peek();
        boolean without = option.equals("--both") || (option.equals("--qr") && (next == null || next.startsWith("--")));
        return without ? "" : required(rest.poll(), option + " needs a value behind it");
    }

    private static String option(Map<String, String> options, String name) {
        return required(options.get(name), "needs " + name);
    }

    private static String required(@Nullable String value, String otherwise) {
        if (value == null) {
            throw new IllegalArgumentException(otherwise);
        }
        return value;
    }
}
