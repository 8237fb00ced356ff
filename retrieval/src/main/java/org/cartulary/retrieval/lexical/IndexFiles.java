package org.cartulary.retrieval.lexical;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.cartulary.retrieval.language.Languages;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lucene's directory of one generation, and what its last commit says about itself. */
final class IndexFiles {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);
    private static final String CHANGE = "change";
    private static final String IDENTITY = "identity";
    private static final String GENERATION = "generation";
    private static final String ANALYSER = "analyser";
    private static final String FIELDS = "fields";

    /** Of {@link Fields}; where they change, the index is made again. */
    static final String FIELDS_VERSION = "4";

    private final Path path;
    private final String generation;

    IndexFiles(Path path, String generation) {
        this.path = path;
        this.generation = generation;
    }

    /**
     * What a commit has come to.
     *
     * @param identity of that change, as {@link ChangeLog#identity} gives it: a number alone does not tell whether a database
     *     that was restored has counted on otherwise
     */
    record Committed(long change, String identity) {}

    /**
     * The last change in the directory's commit.
     *
     * @return null when there is no index, it is damaged, or another generation or analyser made it
     */
    @Nullable
    Committed committed() {
        try (Directory directory = FSDirectory.open(path)) {
            if (!DirectoryReader.indexExists(directory)) {
                return null;
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                // Reads every file once: a cut or flipped one is found here and not by a question.
                for (LeafReaderContext leaf : reader.leaves()) {
                    ((CodecReader) leaf.reader()).checkIntegrity();
                }
                return committed(reader.getIndexCommit().getUserData());
            }
        } catch (IOException | RuntimeException e) {
            // Lucene reports damage by many exceptions, unchecked ones among them; each has the same remedy.
            LOG.warn("The lexical index in {} is not usable and is made again: {}", path, e.toString());
            return null;
        }
    }

    IndexWriter openWriter(boolean afresh) throws IOException {
        if (afresh) {
            IOUtils.rm(path);
        }
        IndexWriterConfig config = new IndexWriterConfig(Analysers.of(Languages.ENGLISH));
        config.setOpenMode(afresh ? OpenMode.CREATE : OpenMode.APPEND);
        config.setCommitOnClose(false);
        Directory directory = FSDirectory.open(path);
        try {
            return new IndexWriter(directory, config);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    Map<String, String> userData(Committed committed) {
        Map<String, String> data = new HashMap<>();
        data.put(CHANGE, Long.toString(committed.change()));
        data.put(IDENTITY, committed.identity());
        data.put(GENERATION, generation);
        data.put(ANALYSER, Analysis.VERSION);
        data.put(FIELDS, FIELDS_VERSION);
        return data;
    }

    private @Nullable Committed committed(Map<String, String> data) {
        boolean ours = generation.equals(data.get(GENERATION))
                && Analysis.VERSION.equals(data.get(ANALYSER))
                && FIELDS_VERSION.equals(data.get(FIELDS));
        String change = data.get(CHANGE);
        String identity = data.get(IDENTITY);
        return ours && change != null && identity != null ? new Committed(Long.parseLong(change), identity) : null;
    }
}
