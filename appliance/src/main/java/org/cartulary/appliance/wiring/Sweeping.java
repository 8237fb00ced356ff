package org.cartulary.appliance.wiring;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.TreeMap;
import org.cartulary.appliance.accounts.SignIns;
import org.cartulary.compliance.acts.TwoPersonActs;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.retention.Retention;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is over by itself is ended and forgotten, every hour, and what retention says is due is disposed of. The log gets a sign of
 * life, so that a time without entries shows as one in which the appliance did not run.
 */
@Singleton
final class Sweeping {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);

    private final Jdbi jdbi;
    private final SignIns signIns;
    private final TwoPersonActs acts;
    private final Retention retention;
    private final EvidenceLog log;

    Sweeping(Jdbi jdbi, SignIns signIns, TwoPersonActs acts, Retention retention, EvidenceLog log) {
        this.retention = retention;
        this.log = log;
        this.jdbi = jdbi;
        this.signIns = signIns;
        this.acts = acts;
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "10m")
    void sweep() {
        try {
            signIns.sweep();
            int expired = jdbi.inTransaction(acts::expire);
            LOG.debug("{} acts of two people expired", expired);
        } catch (RuntimeException e) {
            LOG.warn("What is over could not be swept away; trying again in an hour", e);
        }
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "15m")
    void dispose() {
        try {
            Retention.Disposed disposed = retention.dispose();
            LOG.debug("{} payloads and the shards {} were disposed of", disposed.payloads(), disposed.shards());
        } catch (RuntimeException e) {
            LOG.warn("What is due could not be disposed of; trying again in an hour", e);
        }
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "1h")
    void beat() {
        try {
            jdbi.useTransaction(handle -> log.append(
                    handle,
                    new EntryDraft(
                            EntryType.HEARTBEAT,
                            log.nextNumber(handle),
                            Principal.CONSOLE,
                            new TreeMap<>(),
                            new TreeMap<>())));
        } catch (RuntimeException e) {
            LOG.warn("No sign of life could be logged; trying again in an hour", e);
        }
    }
}
