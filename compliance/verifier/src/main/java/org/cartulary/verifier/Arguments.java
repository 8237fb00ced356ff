package org.cartulary.verifier;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param command {@code verify}, {@code verify-receipt}, {@code fsck} or {@code help}
 * @param subject the bundle, receipt or log directory; null for help
 * @param record the record beside a receipt
 * @param keys files with verifier keys
 * @param certificate file with the certificate by which manifests are signed; null where none is given
 * @param json whether to print one JSON object
 */
record Arguments(
        String command,
        @Nullable Path subject,
        @Nullable Path record,
        List<Path> keys,
        @Nullable Path certificate,
        boolean json) {
    static final String HELP = "help";
    static final String VERIFY = "verify";
    static final String VERIFY_RECEIPT = "verify-receipt";
    static final String FSCK = "fsck";

    private static final List<String> COMMANDS = List.of(VERIFY, VERIFY_RECEIPT, FSCK);

    /** Reads the arguments; a leading word {@code audit} is passed over, so that both spellings work. */
    static Arguments parse(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        if ("audit".equals(rest.peek())) {
            rest.remove();
        }
        String command = rest.poll();
        if (command == null || List.of(HELP, "--help", "-h").contains(command)) {
            return new Arguments(HELP, null, null, List.of(), null, false);
        }
        if (!COMMANDS.contains(command)) {
            throw new UsageException("unknown command \"" + command + "\"; there are " + String.join(", ", COMMANDS));
        }
        return parseRest(command, rest);
    }

    private static Arguments parseRest(String command, Deque<String> rest) {
        Path subject = null;
        Path record = null;
        Path certificate = null;
        List<Path> keys = new ArrayList<>();
        boolean json = false;
        while (!rest.isEmpty()) {
            String argument = rest.remove();
            switch (argument) {
                case "--key" -> keys.add(value(argument, rest));
                case "--record" -> record = value(argument, rest);
                case "--certificate" -> certificate = value(argument, rest);
                case "--json" -> json = true;
                case "--help", "-h" -> {
                    return new Arguments(HELP, null, null, List.of(), null, false);
                }
                default -> subject = subject(argument, subject);
            }
        }
        return new Arguments(command, subject, record, keys, certificate, json).complete();
    }

    private Arguments complete() {
        if (subject == null) {
            throw new UsageException(command + " needs a file or directory to verify");
        }
        if (keys.isEmpty()) {
            throw new UsageException(
                    command + " needs --key FILE: the log's verifier key, from a source other than what you verify");
        }
        if (command.equals(VERIFY_RECEIPT) != (record != null)) {
            throw new UsageException("--record FILE belongs to verify-receipt, and verify-receipt needs it");
        }
        if (certificate != null && !command.equals(VERIFY)) {
            throw new UsageException("--certificate FILE belongs to verify: only bundles have such a signature");
        }
        return this;
    }

    private static Path subject(String argument, @Nullable Path earlier) {
        if (argument.startsWith("--")) {
            throw new UsageException("unknown option " + argument);
        }
        if (earlier != null) {
            throw new UsageException("one thing at a time: " + earlier + " or " + argument);
        }
        return path(argument);
    }

    private static Path value(String option, Deque<String> rest) {
        String value = rest.poll();
        if (value == null) {
            throw new UsageException(option + " needs a file behind it");
        }
        return path(value);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException("\"" + text + "\" cannot be a file name");
        }
    }
}
