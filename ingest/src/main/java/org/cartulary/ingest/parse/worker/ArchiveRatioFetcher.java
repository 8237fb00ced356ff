package org.cartulary.ingest.parse.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.apache.tika.config.Field;
import org.apache.tika.exception.TikaException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.pipes.fetcher.fs.FileSystemFetcher;

/**
 * Fetches a file and refuses zip archives whose table of contents admits to a bomb. Tika's own check compares output with
 * input for each entry alone and so never sees an archive of many well-behaved giants; entries that lie about their size
 * meet the limits on text, time and written bytes.
 */
public class ArchiveRatioFetcher extends FileSystemFetcher {
    private static final long HARMLESS_BYTES = 100_000_000;
    private int maxRatio = 100;

    @Field
    public void setMaxRatio(int maxRatio) {
        this.maxRatio = maxRatio;
    }

    @Override
    public InputStream fetch(String key, Metadata metadata, ParseContext context) throws IOException, TikaException {
        InputStream stream = super.fetch(key, metadata, context);
        try {
            requireNoBomb(TikaInputStream.cast(stream).getPath());
            return stream;
        } catch (TikaException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    private void requireNoBomb(Path file) throws IOException, TikaException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long unpacked = 0;
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                unpacked = Math.min(Long.MAX_VALUE / 2, unpacked + Math.max(0, entry.getSize()));
            }
            long packed = Math.max(1, file.toFile().length());
            if (unpacked > HARMLESS_BYTES && unpacked / packed > maxRatio) {
                throw new TikaException("Zip bomb: " + packed + " bytes unpack to " + unpacked);
            }
        } catch (ZipException e) {
            // Not a zip archive, or a broken one: the parser says which.
            return;
        }
    }
}
