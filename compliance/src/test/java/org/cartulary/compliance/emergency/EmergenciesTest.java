package org.cartulary.compliance.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.emergency.Emergencies.Outcome;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.rights.Label;
import org.cartulary.compliance.rights.Marking;
import org.cartulary.compliance.rights.Markings;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.testing.House;
import org.cartulary.compliance.testing.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmergenciesTest {
    private static final String REASON = "patient collapsed on ward 6";

    private final UUID collection = UUID.randomUUID();

    @TempDir
    private Path home;

    private House house;
    private Authority authority;
    private Emergencies emergencies;
    private Identity ada;

    @BeforeEach
    void open() {
        house = new House(PostgresExtension.database("compliance"), home);
        authority = house.authority();
        emergencies = authority.emergencies();
        ada = house.person("ada", Role.READER);
        house.made(handle ->
                authority.grants().grant(handle, Principal.CONSOLE, collection, Permission.EMERGENCY, ada.id()));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void opensForATimeAndNothingBeforeOrAfter() {
        Marking marking = marking(Set.of(), 1);
        assertThat(house.reads(ada, collection, marking.id())).isFalse();
        opened(Optional.of(Duration.ofMinutes(30)));
        assertThat(house.reads(ada, collection, marking.id())).isTrue();
        house.clock().advance(Duration.ofMinutes(30));
        assertThat(house.reads(ada, collection, marking.id())).isFalse();
    }

    @Test
    void opensWhatIsDeniedByTheHouseAndNotWhatIsDeniedByLaw() {
        Label house1 = label("ward-only", Label.Kind.ALLOW, false);
        Label law = label("addiction-record", Label.Kind.ALLOW, true);
        Label own = label("own-relative", Label.Kind.DENY, true);
        house.made(handle -> authority.labels().list(handle, Principal.CONSOLE, own, ada.id()));
        opened(Optional.empty());
        assertThat(house.reads(ada, collection, marking(Set.of(house1.id()), 1).id()))
                .isTrue();
        assertThat(house.reads(ada, collection, marking(Set.of(law.id()), 1).id()))
                .isFalse();
        assertThat(house.reads(ada, collection, marking(Set.of(own.id()), 1).id()))
                .isFalse();
    }

    @Test
    void clearsUpToTheLevelThatTheHouseAllows() {
        opened(Optional.empty());
        assertThat(house.reads(ada, collection, marking(Set.of(), 2).id())).isTrue();
        assertThat(house.reads(ada, collection, marking(Set.of(), 3).id())).isFalse();
    }

    @Test
    void isRefusedWithoutTheRightAReasonOrAnEnd() {
        Identity ben = house.person("ben", Role.READER);
        assertThat(code(house.in(handle -> emergencies.open(handle, ben.id(), collection, REASON, Optional.empty()))))
                .isEqualTo("no-emergency-right");
        assertThat(code(house.in(
                        handle -> emergencies.open(handle, ada.id(), UUID.randomUUID(), REASON, Optional.empty()))))
                .isEqualTo("no-emergency-right");
        assertThat(code(house.in(handle -> emergencies.open(handle, ada.id(), collection, "asdf", Optional.empty()))))
                .isEqualTo("reason");
        assertThat(code(house.in(handle ->
                        emergencies.open(handle, ada.id(), collection, REASON, Optional.of(Duration.ofDays(30))))))
                .isEqualTo("too-long");
    }

    @Test
    void onePersonDoesNotOpenEverything() {
        for (int i = 0; i < Emergencies.MAX_OPEN; i++) {
            opened(Optional.empty());
        }
        assertThat(code(house.in(handle -> emergencies.open(handle, ada.id(), collection, REASON, Optional.empty()))))
                .isEqualTo("too-many-open");
    }

    @Test
    void waitsForAReviewThatHasADeadline() {
        Identity olga = house.person("olga", Role.COMPLIANCE_OFFICER);
        Emergency emergency = opened(Optional.empty());
        assertThat(house.<Emergencies.Count>in(emergencies::count)).isEqualTo(new Emergencies.Count(1, 1, 0));
        house.clock().advance(Duration.ofDays(4));
        assertThat(house.<Emergencies.Count>in(emergencies::count)).isEqualTo(new Emergencies.Count(0, 1, 1));
        assertThat(house.<List<Emergency>>in(emergencies::toReview))
                .extracting(Emergency::id)
                .containsExactly(emergency.id());
        assertThat(code(house.in(handle -> emergencies.review(handle, ada.id(), emergency.id(), true, ""))))
                .isEqualTo("own");
        assertThat(house.<Outcome>in(
                        handle -> emergencies.review(handle, olga.id(), emergency.id(), false, "no patient")))
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(
                                        done.emergency().review().orElseThrow().justified())
                                .isFalse());
        assertThat(code(house.in(handle -> emergencies.review(handle, olga.id(), emergency.id(), true, ""))))
                .isEqualTo("reviewed");
        assertThat(house.<Emergencies.Count>in(emergencies::count)).isEqualTo(new Emergencies.Count(0, 0, 0));
    }

    @Test
    void endsWhenWhoeverOpenedItSaysSo() {
        Marking marking = marking(Set.of(), 1);
        Emergency emergency = opened(Optional.empty());
        Identity ben = house.person("ben");
        assertThat(code(house.in(handle -> emergencies.close(handle, ben.id(), emergency.id()))))
                .isEqualTo("not-found");
        house.in(handle -> emergencies.close(handle, ada.id(), emergency.id()));
        assertThat(house.reads(ada, collection, marking.id())).isFalse();
        assertThat(house.<List<Emergency>>in(emergencies::toReview)).hasSize(1);
    }

    private Emergency opened(Optional<Duration> length) {
        Outcome outcome = house.in(handle -> emergencies.open(handle, ada.id(), collection, REASON, length));
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).emergency();
    }

    private Label label(String name, Label.Kind kind, boolean byLaw) {
        Label label = new Label(UUID.randomUUID(), name, kind, byLaw);
        house.made(handle -> authority.labels().add(handle, Principal.CONSOLE, label));
        return label;
    }

    private Marking marking(Set<UUID> labels, int level) {
        return house.in(handle -> Markings.of(handle, collection, labels, level));
    }

    private static String code(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).code();
    }
}
