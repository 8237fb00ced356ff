package org.cartulary.ingest.parse;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.pipes.PipesResult;
import org.cartulary.ingest.parse.ParseOutcome.Parsed;

/** Reads the answer of a parser process. */
final class ResultReader {
    private final Diagnosis diagnosis;

    ResultReader(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
    }

    ParseOutcome read(PipesResult result, Duration time) {
        return switch (result.getStatus()) {
            case PARSE_SUCCESS, PARSE_SUCCESS_WITH_EXCEPTION -> parts(result);
            case EMPTY_OUTPUT -> diagnosis.empty();
            case TIMEOUT -> diagnosis.timeLimit(time.toSeconds());
            case OOM -> diagnosis.memoryLimit();
            case UNSPECIFIED_CRASH -> diagnosis.crashed();
            case FETCH_EXCEPTION -> fetch(message(result));
            default -> diagnosis.down(result.getStatus() + " " + Diagnosis.cause(message(result)));
        };
    }

    private ParseOutcome fetch(String message) {
        return message.contains("Zip bomb") ? diagnosis.zipBomb() : diagnosis.broken(message);
    }

    private ParseOutcome parts(PipesResult result) {
        List<ParsedPart> parts = result.getEmitData().getMetadataList().stream()
                .map(ResultReader::part)
                .toList();
        ParsedPart whole = parts.getFirst();
        Optional<String> stackTrace = Optional.of(message(result)).filter(text -> !text.isBlank());
        Optional<? extends ParseOutcome> failure = diagnosis.of(whole, stackTrace);
        if (failure.isPresent()) {
            return failure.get();
        }
        if (parts.stream().allMatch(ResultReader::isBlank)) {
            return diagnosis.noText(whole);
        }
        List<String> remarks = parts.stream()
                .skip(1)
                .flatMap(part -> diagnosis.remark(part).stream())
                .toList();
        return new Parsed(parts, remarks);
    }

    private static boolean isBlank(ParsedPart part) {
        return part.xhtml().replaceAll("<[^>]*>", "").isBlank();
    }

    private static String message(PipesResult result) {
        return result.getMessage() == null ? "" : result.getMessage();
    }

    private static ParsedPart part(Metadata metadata) {
        Map<String, List<String>> values = new HashMap<>();
        for (String name : metadata.names()) {
            if (!name.equals(TikaCoreProperties.TIKA_CONTENT.getName())) {
                values.put(name, List.of(metadata.getValues(name)));
            }
        }
        Integer depth = metadata.getInt(TikaCoreProperties.EMBEDDED_DEPTH);
        return new ParsedPart(
                text(metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY)),
                depth == null ? 0 : depth,
                mediaType(metadata),
                values,
                text(metadata.get(TikaCoreProperties.TIKA_CONTENT)));
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }

    /** A delimited file whose columns Tika could not make out goes back to being plain text; its name knew better. */
    private static String mediaType(Metadata metadata) {
        String found = bare(text(metadata.get(Metadata.CONTENT_TYPE)));
        String named = bare(text(metadata.get(TikaCoreProperties.CONTENT_TYPE_PARSER_OVERRIDE)));
        return found.equals("text/plain") && named.startsWith("text/") ? named : found;
    }

    private static String bare(String type) {
        return type.replaceFirst(";.*", "").strip();
    }
}
