package org.cartulary.ingest;

import org.cartulary.ingest.chunk.Chunker;
import org.cartulary.ingest.parse.ParserLimits;

/**
 * How much ingest may take on. The reasons for the defaults stand in the module's README.
 *
 * @param workers files worked on at once, 1 to 64; each has a parser process
 * @param maxQueued jobs that may wait
 * @param maxFileBytes longest file taken in
 * @param maxPassageTokens of a passage, as the embedder counts
 * @param maxAttempts times a job is taken up before it fails, when the fault is not the file's
 */
public record IngestSettings(
        int workers, int maxQueued, long maxFileBytes, int maxPassageTokens, int maxAttempts, ParserLimits parser) {
    /** The defaults for this machine. */
    public static IngestSettings defaults() {
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new IngestSettings(
                Math.min(workers, 64), 100_000, 512L << 20, Chunker.DEFAULT_MAX_TOKENS, 3, ParserLimits.DEFAULT);
    }

    public IngestSettings {
        if (workers < 1 || workers > 64 || maxQueued < 1 || maxFileBytes < 1 || maxAttempts < 1) {
            throw new IllegalArgumentException(
                    "Ingest needs 1 to 64 workers and a positive queue, file size and number of attempts");
        }
    }

    /** What an index generation must name: passages cut otherwise must not be mixed. */
    public String chunkerVersion() {
        return "structure-" + Chunker.VERSION + "/" + maxPassageTokens;
    }

    public IngestSettings withWorkers(int count) {
        return new IngestSettings(count, maxQueued, maxFileBytes, maxPassageTokens, maxAttempts, parser);
    }

    public IngestSettings withMaxQueued(int jobs) {
        return new IngestSettings(workers, jobs, maxFileBytes, maxPassageTokens, maxAttempts, parser);
    }

    public IngestSettings withMaxFileBytes(long bytes) {
        return new IngestSettings(workers, maxQueued, bytes, maxPassageTokens, maxAttempts, parser);
    }

    public IngestSettings withParser(ParserLimits limits) {
        return new IngestSettings(workers, maxQueued, maxFileBytes, maxPassageTokens, maxAttempts, limits);
    }
}
