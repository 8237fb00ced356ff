package org.cartulary.ingest.parse;

import java.time.Duration;

/**
 * What one parse may cost before it is ended. The reasons for the defaults stand in the module's README.
 *
 * @param heapMebibytes the Java heap of one parser process
 * @param baseTime wall time that every file may take
 * @param timePerMebibyte wall time added for each MiB of the file
 * @param maxTime wall time that no file may exceed
 * @param maxCharacters of XHTML that a file and all that is embedded in it may give
 * @param maxEmbeddedDepth levels of files within files
 * @param maxEmbedded files within one file, all levels together
 * @param maxArchiveRatio unpacked bytes (or characters) for each packed byte, beyond the first 100 MB (1 million characters)
 * @param maxWrittenMebibytes size of any one file that the parser process may write
 * @param filesPerProcess parses after which a process is replaced, so that leaks do not grow
 */
public record ParserLimits(
        int heapMebibytes,
        Duration baseTime,
        Duration timePerMebibyte,
        Duration maxTime,
        int maxCharacters,
        int maxEmbeddedDepth,
        int maxEmbedded,
        int maxArchiveRatio,
        int maxWrittenMebibytes,
        int filesPerProcess) {
    /** The defaults. */
    public static final ParserLimits DEFAULT = new ParserLimits(
            1024,
            Duration.ofSeconds(120),
            Duration.ofSeconds(2),
            Duration.ofSeconds(600),
            20_000_000,
            8,
            1000,
            100,
            2048,
            500);

    public ParserLimits {
        requireAtLeast("heapMebibytes", heapMebibytes, 64);
        requireAtLeast("baseTime in milliseconds", baseTime.toMillis(), 100);
        requireAtLeast("maxTime in milliseconds", maxTime.toMillis(), baseTime.toMillis());
        requireAtLeast("maxCharacters", maxCharacters, 1000);
        requireAtLeast("maxEmbeddedDepth", maxEmbeddedDepth, 0);
        requireAtLeast("maxEmbedded", maxEmbedded, 0);
        requireAtLeast("maxArchiveRatio", maxArchiveRatio, 1);
        requireAtLeast("maxWrittenMebibytes", maxWrittenMebibytes, 1);
        requireAtLeast("filesPerProcess", filesPerProcess, 1);
    }

    /** Wall time for a file of that many bytes. */
    Duration timeFor(long bytes) {
        Duration wanted = baseTime.plus(timePerMebibyte.multipliedBy(bytes >> 20));
        return wanted.compareTo(maxTime) < 0 ? wanted : maxTime;
    }

    public ParserLimits withTime(Duration base, Duration max) {
        return new ParserLimits(
                heapMebibytes,
                base,
                timePerMebibyte,
                max,
                maxCharacters,
                maxEmbeddedDepth,
                maxEmbedded,
                maxArchiveRatio,
                maxWrittenMebibytes,
                filesPerProcess);
    }

    public ParserLimits withHeapMebibytes(int mebibytes) {
        return new ParserLimits(
                mebibytes,
                baseTime,
                timePerMebibyte,
                maxTime,
                maxCharacters,
                maxEmbeddedDepth,
                maxEmbedded,
                maxArchiveRatio,
                maxWrittenMebibytes,
                filesPerProcess);
    }

    public ParserLimits withMaxCharacters(int characters) {
        return new ParserLimits(
                heapMebibytes,
                baseTime,
                timePerMebibyte,
                maxTime,
                characters,
                maxEmbeddedDepth,
                maxEmbedded,
                maxArchiveRatio,
                maxWrittenMebibytes,
                filesPerProcess);
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", but is " + value);
        }
    }
}
