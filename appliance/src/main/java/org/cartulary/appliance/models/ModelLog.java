package org.cartulary.appliance.models;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.models.ModelManifest;
import org.jdbi.v3.core.Jdbi;

/** Changes of models in the evidence log; each is durable before it counts. Thread-safe. */
final class ModelLog {
    private final Jdbi jdbi;
    private final EvidenceLog log;

    ModelLog(Jdbi jdbi, EvidenceLog log) {
        this.jdbi = jdbi;
        this.log = log;
    }

    /** @param change {@code model-imported}, {@code model-requantized}, {@code model-chosen} or {@code model-removed} */
    void record(Principal by, String change, ModelManifest model) {
        TreeMap<String, Object> sealed = new TreeMap<>();
        sealed.put("change", change);
        sealed.put("model", model.sha256());
        sealed.put("name", model.name());
        sealed.put("role", model.role());
        sealed.put("licence", model.licence());
        sealed.put("quantisation", model.quantisation());
        if (model.parent() != null) {
            sealed.put("parent", model.parent());
        }
        append(by, sealed);
    }

    /** That a role has no model of the operator's any more, whether or not its file is still there. */
    void recordWithdrawal(Principal by, String name, ModelCard.Role role) {
        append(by, new TreeMap<>(Map.of("change", "model-withdrawn", "name", name, "role", role.name())));
    }

    private void append(Principal by, SortedMap<String, Object> sealed) {
        jdbi.useTransaction(handle -> log.append(
                handle,
                new EntryDraft(EntryType.CONFIGURATION_CHANGED, log.nextNumber(handle), by, new TreeMap<>(), sealed)));
    }
}
