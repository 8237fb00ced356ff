package org.cartulary.verifier.bundle;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.work.OrderedWork;
import org.jspecify.annotations.Nullable;

/**
 * Verifies evidence bundles. Heap does not grow with the size of a bundle, but for its manifest (of version 1 about 100 bytes a
 * file, three times while its signature is verified; of version 2 some kilobytes, and what says which entries are disclosed) and
 * some 16 to 40 bytes a question of the log. Of more than a million files the places lie in a temporary file, 16 bytes a file.
 */
public final class BundleVerifier {
    private BundleVerifier() {}

    /**
     * Verifies a bundle.
     *
     * @param policy whose signatures are asked for, from a source other than the bundle
     * @return what held and what did not
     * @throws IOException if the file cannot be read, or is no regular file
     */
    public static Report verify(Path bundle, TrustPolicy policy) throws IOException {
        return verify(bundle, policy, null);
    }

    /**
     * As {@link #verify(Path, TrustPolicy)}, with the certificate by which the manifest is signed as CMS.
     *
     * @param certificate from a source other than the bundle; where it is null, that signature is only shown to fit the
     *     certificate that it carries
     */
    public static Report verify(Path bundle, TrustPolicy policy, @Nullable X509Certificate certificate)
            throws IOException {
        if (!Files.isRegularFile(bundle)) {
            throw new IOException(bundle + (Files.exists(bundle) ? " is not a regular file" : " does not exist"));
        }
        try (FileChannel channel = FileChannel.open(bundle, StandardOpenOption.READ);
                Arena arena = Arena.ofShared();
                Scratch scratch = new Scratch();
                OrderedWork work = new OrderedWork()) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            return new BundleVerification(bytes, policy, certificate, scratch, work).run(bundle.toString());
        } catch (InternalError e) { // how Java reports that mapped memory has no file behind it any more
            throw new IOException(bundle + " became shorter while it was read; verify it when nothing writes it", e);
        }
    }
}
