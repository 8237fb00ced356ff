package org.cartulary.retrieval.catalog;

import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.retrieval.generation.Generations;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The entries of documents that come, change and go, each in the transaction of the act. */
final class DocumentEvidence {
    private final EvidenceLog log;

    DocumentEvidence(EvidenceLog log) {
        this.log = log;
    }

    void written(Handle handle, Principal actor, DocumentDraft draft, Details details, @Nullable UUID replaced) {
        SortedMap<String, Object> sealed = new TreeMap<>();
        sealed.put("path", draft.path());
        sealed.put("sha256", HexFormat.of().formatHex(draft.sha256()));
        sealed.put("title", draft.title());
        sealed.put("bytes", draft.bytes());
        sealed.put("passages", (long) draft.passages().size());
        if (draft.pages() != null) {
            sealed.put("pages", draft.pages().longValue());
        }
        if (replaced != null) {
            sealed.put("replaced", replaced.toString());
        }
        if (!details.equals(Details.NONE)) {
            sealed.put("details", said(details));
        }
        EntryType type = replaced == null ? EntryType.DOCUMENT_ADDED : EntryType.DOCUMENT_REPLACED;
        append(handle, type, actor, draft.id(), draft.collection(), sealed);
    }

    void described(Handle handle, Principal actor, Document document) {
        SortedMap<String, Object> sealed = said(document.details());
        sealed.put("path", document.path());
        append(handle, EntryType.DOCUMENT_DESCRIBED, actor, document.id(), document.collection(), sealed);
    }

    private static SortedMap<String, Object> said(Details details) {
        SortedMap<String, Object> said = new TreeMap<>();
        put(said, "owner", details.owner());
        put(said, "site", details.site());
        put(said, "effectiveOn", details.effectiveOn());
        put(said, "reviewOn", details.reviewOn());
        put(said, "expiresOn", details.expiresOn());
        put(said, "withdrawnOn", details.withdrawnOn());
        said.put("draft", details.draft());
        said.put("supersedes", List.copyOf(details.supersedes()));
        said.put("fields", new TreeMap<String, Object>(details.fields()));
        return said;
    }

    private static void put(SortedMap<String, Object> said, String name, @Nullable Object value) {
        if (value != null) {
            said.put(name, value.toString());
        }
    }

    void deleted(Handle handle, Principal actor, Document document) {
        SortedMap<String, Object> sealed = new TreeMap<>();
        sealed.put("path", document.path());
        sealed.put("sha256", document.sha256());
        append(handle, EntryType.DOCUMENT_DELETED, actor, document.id(), document.collection(), sealed);
    }

    /** What a document is marked with is a matter of rights, not of policy: the version stays. */
    void marked(Handle handle, Principal actor, Document document, OwnMarks own) {
        SortedMap<String, Object> sealed = new TreeMap<>();
        sealed.put("act", "mark");
        sealed.put("object", "document:" + document.id());
        sealed.put("labels", own.labels().stream().map(UUID::toString).toList());
        if (own.level() != null) {
            sealed.put("level", own.level());
        }
        SortedMap<String, Object> clear = new TreeMap<>();
        clear.put("policyVersion", Policy.version(handle));
        log.append(handle, new EntryDraft(EntryType.RIGHTS_CHANGED, log.nextNumber(handle), actor, clear, sealed));
    }

    private void append(
            Handle handle,
            EntryType type,
            Principal actor,
            UUID document,
            UUID collection,
            SortedMap<String, Object> sealed) {
        SortedMap<String, Object> clear = new TreeMap<>();
        clear.put("document", document.toString());
        clear.put("collection", collection.toString());
        clear.put("generation", Generations.active(handle).orElseThrow().name());
        log.append(handle, new EntryDraft(type, log.nextNumber(handle), actor, clear, sealed));
    }
}
