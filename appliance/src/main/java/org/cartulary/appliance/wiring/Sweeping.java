package org.cartulary.appliance.wiring;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import org.cartulary.appliance.accounts.SignIns;
import org.cartulary.compliance.acts.TwoPersonActs;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is over by itself is ended and forgotten, every hour. */
@Singleton
final class Sweeping {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeping.class);

    private final Jdbi jdbi;
    private final SignIns signIns;
    private final TwoPersonActs acts;

    Sweeping(Jdbi jdbi, SignIns signIns, TwoPersonActs acts) {
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
}
