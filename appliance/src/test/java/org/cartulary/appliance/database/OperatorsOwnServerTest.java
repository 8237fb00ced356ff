package org.cartulary.appliance.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.cartulary.appliance.Appliance;
import org.cartulary.appliance.testing.Checkout;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that somebody else runs, named by its URL. */
class OperatorsOwnServerTest {
    @TempDir
    private Path directory;

    @TempDir
    private Path home;

    @Test
    void isUsedInsteadOfTheEmbeddedOneAndNothingElseChanges() {
        try (EmbeddedPostgres server =
                EmbeddedPostgres.start(Checkout.cache().resolve("postgresql/17.11.0"), directory)) {
            Jdbi administrator =
                    Jdbi.create(ConnectionWait.await(server.jdbcUrl(), EmbeddedPostgres.USER, server.password()));
            administrator.useHandle(handle -> {
                handle.execute("CREATE ROLE clerk LOGIN PASSWORD 'paper'");
                handle.execute("CREATE DATABASE records OWNER clerk");
            });
            String records = server.jdbcUrl().replace("/postgres", "/records");
            Jdbi.create(records, EmbeddedPostgres.USER, server.password())
                    .useHandle(handle -> handle.execute("CREATE EXTENSION vector"));

            try (Appliance appliance = start(records, "paper")) {
                Staff staff = new Staff(appliance);
                RestClient client =
                        new RestClient(appliance.address(), staff.key(staff.service("robot", Role.SERVICE)));
                client.post("/api/collections", "{\"name\":\"c\"}");
                client.upload("c", "keys.txt", "The spare key hangs on hook 14.".getBytes(UTF_8));
                assertThat(client.ask("Where does the spare key hang?", "c").body())
                        .contains("hook 14");
            }
            assertThat(home.resolve("postgresql")).doesNotExist();
            assertThatThrownBy(() -> start(records, "wrong"))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("cartulary.database");
        }
    }

    private Appliance start(String url, String password) {
        return Appliance.startToServe(
                home,
                Map.of(
                        "cartulary.http.port",
                        "-1",
                        "cartulary.cache",
                        Checkout.cache().toString(),
                        "cartulary.database.url",
                        url,
                        "cartulary.database.username",
                        "clerk",
                        "cartulary.database.password",
                        password));
    }
}
