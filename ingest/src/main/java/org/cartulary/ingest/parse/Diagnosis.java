package org.cartulary.ingest.parse;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.tika.metadata.TikaCoreProperties;
import org.cartulary.ingest.parse.ParseOutcome.NotParsed;

/** Turns what Tika reports into a reason that a person understands. */
final class Diagnosis {
    private final ParserLimits limits;

    Diagnosis(ParserLimits limits) {
        this.limits = limits;
    }

    NotParsed empty() {
        return new NotParsed(ParseFailure.EMPTY, "The file is empty (0 bytes).");
    }

    NotParsed timeLimit(long seconds) {
        return new NotParsed(
                ParseFailure.TIME_LIMIT,
                "Reading the file took longer than its time limit of " + seconds + " seconds, twice.");
    }

    NotParsed memoryLimit() {
        return new NotParsed(
                ParseFailure.MEMORY_LIMIT,
                "Reading the file needs more memory than the parser's limit of " + limits.heapMebibytes() + " MiB.");
    }

    NotParsed crashed() {
        return new NotParsed(
                ParseFailure.CRASHED, "The file made the parser process crash, twice; nothing of it was kept.");
    }

    NotParsed down(String detail) {
        return new NotParsed(ParseFailure.PARSER_DOWN, "The parser is not available: " + detail);
    }

    NotParsed zipBomb() {
        return new NotParsed(
                ParseFailure.ZIP_BOMB,
                "The file unpacks to more than " + limits.maxArchiveRatio()
                        + " times its size (a \"zip bomb\"), or is nested too deeply; it was not read.");
    }

    NotParsed broken(String stackTrace) {
        return new NotParsed(
                ParseFailure.BROKEN, "The file is broken or cut off and cannot be read (" + cause(stackTrace) + ").");
    }

    /** Why the file as a whole was not read, where something is wrong with it. */
    Optional<NotParsed> of(ParsedPart whole, Optional<String> stackTrace) {
        if (has(whole, TikaCoreProperties.WRITE_LIMIT_REACHED.getName())) {
            return Optional.of(new NotParsed(
                    ParseFailure.TOO_MUCH_TEXT,
                    "The file holds more text than the limit of "
                            + String.format(Locale.ROOT, "%,d", limits.maxCharacters()) + " characters."));
        }
        if (has(whole, "X-TIKA:EXCEPTION:embedded_resource_limit_reached")) {
            return Optional.of(new NotParsed(
                    ParseFailure.TOO_MANY_EMBEDDED,
                    "The file holds more than " + limits.maxEmbedded() + " other files, which is the limit."));
        }
        return stackTrace.map(this::exception);
    }

    private NotParsed exception(String stackTrace) {
        if (stackTrace.contains("EncryptedDocumentException") || stackTrace.contains("InvalidPasswordException")) {
            return new NotParsed(ParseFailure.ENCRYPTED, "The file is encrypted: it needs a password.");
        }
        if (stackTrace.contains("ZeroByteFileException")) {
            return empty();
        }
        if (stackTrace.toLowerCase(Locale.ROOT).contains("zip bomb")) {
            return zipBomb();
        }
        if (stackTrace.contains("UnsupportedFormatException")) {
            return new NotParsed(ParseFailure.UNSUPPORTED, "This version of the file's format is not supported.");
        }
        return broken(stackTrace);
    }

    /** Why a file that was read gives nothing to search. */
    NotParsed noText(ParsedPart whole) {
        String type = whole.mediaType();
        if (type.startsWith("image/") || type.equals("application/pdf")) {
            return new NotParsed(ParseFailure.NO_TEXT, "no text layer; Tesseract/OCR is not installed or not enabled");
        }
        List<String> parsers = whole.metadata().getOrDefault("X-TIKA:Parsed-By", List.of());
        if (parsers.stream().anyMatch(parser -> parser.endsWith(".EmptyParser"))) {
            return new NotParsed(ParseFailure.UNSUPPORTED, "Files of type " + type + " are not supported.");
        }
        return new NotParsed(ParseFailure.NO_TEXT, "The file holds no text.");
    }

    /** What could not be read within a file that was. */
    Optional<String> remark(ParsedPart part) {
        String name = part.name().isEmpty() ? "An embedded file" : "\"" + part.name() + "\"";
        if (has(part, TikaCoreProperties.IS_ENCRYPTED.getName())) {
            return Optional.of(name + " within it needs a password and was not read.");
        }
        return part.first(TikaCoreProperties.EMBEDDED_EXCEPTION.getName())
                .map(trace -> name + " within it was not read (" + cause(trace) + ").");
    }

    private static boolean has(ParsedPart part, String key) {
        return part.first(key).filter("true"::equals).isPresent();
    }

    /** The innermost cause of a stack trace that says something, at most 160 characters. */
    static String cause(String stackTrace) {
        String found = "no detail";
        for (String line : stackTrace.lines().toList()) {
            String text = line.strip();
            boolean names = !text.startsWith("at ") && !text.startsWith("...") && !text.isEmpty();
            if (names) {
                found = text.replaceFirst("^Caused by: ", "").replaceFirst("^[\\w.$]+\\.([A-Z]\\w+)", "$1");
            }
        }
        return found.length() <= 160 ? found : found.substring(0, 160) + "…";
    }
}
