package org.cartulary.ingest.parse;

import java.nio.file.Path;
import java.time.Duration;

/** A main process that parses one file, for a test to kill. Arguments: work directory, file. */
final class ParsesAndDies {
    private ParsesAndDies() {}

    public static void main(String[] arguments) throws InterruptedException {
        Duration limit = Duration.ofMinutes(5);
        Path work = Path.of(arguments[0]);
        try (ParserPool pool = new ParserPool(work, 1, ParserLimits.DEFAULT.withTime(limit, limit))) {
            pool.parse(Path.of(arguments[1]), arguments[1]);
        }
    }
}
