package org.cartulary.compliance.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.cartulary.compliance.evidence.EvidenceLog;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.keys.DataKeys;
import org.cartulary.compliance.testing.PostgresExtension;
import org.cartulary.compliance.testing.Schemas;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
@Schemas("compliance")
class GrantsTest {
    private static final Principal READER = new Principal("reader");

    @TempDir
    private Path home;

    @Test
    void aGrantIsReadableAtOnceAndBumpsThePolicyVersion(Jdbi jdbi) {
        UUID collection = UUID.randomUUID();
        try (DataKeys keys = DataKeys.open(home);
                EvidenceLog log = EvidenceLog.open(jdbi, keys, home, Clock.systemUTC())) {
            Grants grants = new Grants(log);
            ReadFilter before = jdbi.inTransaction(handle -> grants.readFilter(handle, READER));
            jdbi.useTransaction(handle -> grants.grantRead(handle, Principal.CONSOLE, READER.id(), collection));
            ReadFilter after = jdbi.inTransaction(handle -> grants.readFilter(handle, READER));

            assertThat(before.collections()).isEmpty();
            assertThat(after.collections()).containsExactly(collection);
            assertThat(after.policyVersion()).isEqualTo(before.policyVersion() + 1);
            assertThat(after.digest()).isNotEqualTo(before.digest());
        }
    }
}
