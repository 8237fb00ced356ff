package org.cartulary.verifier.bundle;

import java.lang.foreign.MemorySegment;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import org.cartulary.verifier.cms.DetachedCms;
import org.cartulary.verifier.log.LogCheck;
import org.cartulary.verifier.log.LogChecks;
import org.cartulary.verifier.log.TreeShape;
import org.cartulary.verifier.note.Checkpoint;
import org.cartulary.verifier.note.TrustPolicy;
import org.cartulary.verifier.note.VerifierKey;
import org.cartulary.verifier.report.Check;
import org.cartulary.verifier.report.CheckFailed;
import org.cartulary.verifier.report.Checklist;
import org.cartulary.verifier.report.Report;
import org.cartulary.verifier.work.OrderedWork;
import org.cartulary.verifier.zip.CanonicalZip;
import org.jspecify.annotations.Nullable;

/**
 * One verification of one bundle. Goes on after a failure wherever the next check can still say something true, so that
 * what was altered is named as closely as possible.
 */
final class BundleVerification {
    private final MemorySegment bytes;
    private final TrustPolicy policy;
    private final @Nullable X509Certificate certificate;
    private final Scratch scratch;
    private final OrderedWork work;
    private final Checklist list = new Checklist();
    private final Check zipForm = list.add("zip has its one canonical form", "files");
    private final Check checksums = list.add("files match their checksums in the zip", "files");
    private final Check checkpointNote = list.add("checkpoint is signed by a given key", "checkpoints");
    private final Check manifestNote = list.add("manifest is signed by a given key", "manifests");
    private final Check manifestCms = list.add("manifest is signed by CMS", "manifests");
    private final Check manifestForm = list.add("manifest is canonical and about this log", "manifests");
    private final Check coverage = list.add("manifest lists every file and no other", "files");
    private final Check hashes = list.add("files match their hashes in the manifest", "files");
    private final Check fileSet = list.add("no file is missing and none is foreign", "files");
    private final LogChecks logChecks = LogChecks.addTo(list);
    private final Disclosure.Checks disclosed = Disclosure.Checks.addTo(list);
    private @Nullable String signer;
    /** What the bundle shows if every check holds; empty while that is not known. */
    private String shows = "";

    /**
     * Prepares a verification.
     *
     * @param certificate of the key that signs manifests by CMS; null where none was given
     */
    BundleVerification(
            MemorySegment bytes,
            TrustPolicy policy,
            @Nullable X509Certificate certificate,
            Scratch scratch,
            OrderedWork work) {
        this.bytes = bytes;
        this.policy = policy;
        this.certificate = certificate;
        this.scratch = scratch;
        this.work = work;
    }

    Report run(String subject) {
        CanonicalZip directory = CanonicalZip.ofDirectory(bytes, scratch::table);
        Report report = directory == null ? null : run(subject, directory);
        if (report != null) {
            return report;
        }
        // Something in the form of the zip: read it from its beginning, and say what. Nothing else of it counts.
        BundleVerification again = new BundleVerification(bytes, policy, certificate, scratch, work);
        CanonicalZip zip = attempt(again.zipForm, () -> CanonicalZip.read(bytes, scratch::table, work));
        Report whole = zip == null ? null : again.run(subject, zip);
        return whole != null ? whole : again.list.report(subject, "");
    }

    /** Null where a header of the zip does not hold, whatever else was found. */
    private @Nullable Report run(String subject, CanonicalZip zip) {
        zipForm.hold(zip.count());
        BundleFiles files = new BundleFiles(zip);
        Checkpoint checkpoint = attempt(checkpointNote, () -> openCheckpoint(files));
        byte[] manifestBytes = attempt(manifestNote, () -> files.read(BundleFiles.MANIFEST, Manifest.MAX_BYTES));
        Manifest manifest = null;
        OrderedWork.Beside signature = () -> {};
        if (manifestBytes != null) {
            List<VerifierKey> signers = checkpoint == null ? policy.logs() : keysOf(checkpoint.origin());
            signature = work.beside(() -> verifySignature(files, manifestBytes, signers));
            manifest = attempt(manifestForm, () -> Manifest.read(manifestBytes, zip, coverage.start()));
        }
        if (manifest != null && manifestBytes != null) {
            verifyCms(files, manifestBytes, manifest.version());
        }
        boolean headersHold = compareAll(files, manifest, checkpoint);
        signature.join();
        return headersHold ? list.report(subject, shows) : null;
    }

    private void verifySignature(BundleFiles files, byte[] manifest, List<VerifierKey> signers) {
        manifestNote.run(() -> {
            MemorySegment note = files.content(BundleFiles.MANIFEST_NOTE, ManifestNote.MAX_BYTES);
            ManifestNote.verify(note, manifest, signers);
        });
    }

    private void verifyCms(BundleFiles files, byte[] manifest, int version) {
        if (version == 1 && certificate == null) {
            manifestCms.start().remark("none: version 1 of the format has no such signature");
            return;
        }
        manifestCms.run(() -> {
            DetachedCms cms = DetachedCms.read(
                    files.read(BundleFiles.MANIFEST_CMS, DetachedCms.MAX_BYTES), BundleFiles.MANIFEST_CMS);
            if (certificate != null) {
                cms.requireSigner(certificate);
            }
            cms.verify(manifest);
            signer = cms.fingerprint();
        });
    }

    /** Says whose certificate it is, and where the log names it. */
    private void remarkSigner(LogCheck log) {
        if (signer == null) {
            return;
        }
        Long entry = log.certificates().get(signer);
        manifestCms.remark((certificate == null
                        ? "no --certificate was given: the signature fits the certificate that it carries, SHA-256 "
                        : "by the certificate that was given, SHA-256 ")
                + signer
                + (entry == null ? ", which this shard does not name" : ", on record in entry " + entry));
    }

    /** Whether the headers of the zip hold. */
    private boolean compareAll(BundleFiles files, @Nullable Manifest manifest, @Nullable Checkpoint checkpoint) {
        FileChecks contents = new FileChecks(files.zip(), manifest == null ? null : manifest.listing());
        if (manifest == null || checkpoint == null || !manifestForm.run(() -> requireSameLog(manifest, checkpoint))) {
            return contents.compare(work, checksums, hashes);
        }
        shows = shows(manifest);
        FileSet named = attempt(
                fileSet,
                () -> new FileSet(
                        files.zip(), new TreeShape(checkpoint.size()), manifest, scratch.table(), scratch.table()));
        OrderedWork.Beside naming = named == null ? () -> {} : work.beside(() -> named.compare(fileSet));
        boolean headersHold = contents.compare(work, checksums, hashes);
        naming.join();
        if (named != null && headersHold) {
            verifyContents(files, manifest, checkpoint, named);
        }
        return headersHold;
    }

    private Checkpoint openCheckpoint(BundleFiles files) {
        byte[] note = files.read(BundleFiles.CHECKPOINT, Checkpoint.MAX_BYTES);
        Checkpoint checkpoint = Checkpoint.open(note, policy, BundleFiles.CHECKPOINT);
        checkpointNote.hold();
        checkpointNote.remark(checkpoint.signedBy());
        return checkpoint;
    }

    /**
     * The keys of one log, whichever its shard: what is said of a shard from before a change of keys is signed by the key of
     * today. Whoever gives the keys of two logs must not have one speak for the other.
     */
    private List<VerifierKey> keysOf(String origin) {
        String log = origin.substring(0, origin.lastIndexOf('/') + 1);
        return policy.logs().stream()
                .filter(key -> key.name().equals(origin)
                        || (!log.isEmpty()
                                && key.name()
                                        .substring(0, key.name().lastIndexOf('/') + 1)
                                        .equals(log)))
                .toList();
    }

    private static void requireSameLog(Manifest manifest, Checkpoint checkpoint) {
        if (!manifest.origin().equals(checkpoint.origin()) || manifest.size() != checkpoint.size()) {
            throw new CheckFailed(
                    BundleFiles.MANIFEST,
                    "the log of the checkpoint, " + checkpoint.origin() + " with " + checkpoint.size() + " entries",
                    manifest.origin() + " with " + manifest.size());
        }
    }

    private void verifyContents(BundleFiles files, Manifest manifest, Checkpoint checkpoint, FileSet named) {
        disclosed.start();
        Receipts receipts = Receipts.within(policy);
        receipts.remember(files.read(BundleFiles.CHECKPOINT, Checkpoint.MAX_BYTES), checkpoint);
        Disclosure disclosure = new Disclosure(files, manifest, named, receipts, disclosed);
        LogCheck log = new LogCheck(files, checkpoint, logChecks, disclosure, disclosed.prefixes());
        log.run(work);
        disclosure.end();
        remarkSigner(log);
    }

    private static String shows(Manifest manifest) {
        return "what the log " + manifest.origin() + " held at " + manifest.size() + " entries, with "
                + manifest.disclosed().count() + " of them disclosed ("
                + manifest.disclosed().shown() + ")"
                + (manifest.askedFor().isEmpty() ? "" : ", as was asked for by " + manifest.askedFor());
    }

    /** Takes one step of a check; null if it failed, which is then recorded. */
    private static <T> @Nullable T attempt(Check check, Supplier<T> step) {
        try {
            return step.get();
        } catch (CheckFailed e) {
            check.fail(e.finding());
            return null;
        }
    }
}
