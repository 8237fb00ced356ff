package org.cartulary.compliance.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.testing.House;
import org.cartulary.compliance.testing.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyTest {
    private final UUID collection = UUID.randomUUID();

    @TempDir
    private Path home;

    private House house;
    private Authority authority;

    @BeforeEach
    void open() {
        house = new House(PostgresExtension.database("compliance"), home);
        authority = house.authority();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void namesTheGrantAndTheWayByGroups() {
        Identity ada = house.person("ada");
        Identity nurses = house.group("nurses");
        Identity ward = house.group("ward");
        house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, nurses, ada));
        house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, ward, nurses));
        long since = house.made(
                handle -> authority.grants().grant(handle, Principal.CONSOLE, collection, Permission.READ, ward.id()));
        Why why = why(ada, marking(Set.of(), 1));
        assertThat(why.reads()).isTrue();
        assertThat(why.reasons())
                .contains(new Why.Granted(
                        Permission.READ,
                        ward.id(),
                        List.of(ada.id().id(), nurses.id().id(), ward.id().id()),
                        since))
                .contains(new Why.Level(1, 1));
    }

    @Test
    void namesTheLabelThatShutsSomebodyOut() {
        Identity ada = house.person("ada");
        Label label = new Label(UUID.randomUUID(), "own-file", Label.Kind.DENY, true);
        house.made(handle -> authority.labels().add(handle, Principal.CONSOLE, label));
        house.made(handle -> authority.labels().list(handle, Principal.CONSOLE, label, ada.id()));
        house.made(
                handle -> authority.grants().grant(handle, Principal.CONSOLE, collection, Permission.READ, ada.id()));
        Why why = why(ada, marking(Set.of(label.id()), 1));
        assertThat(why.reads()).isFalse();
        assertThat(why.reasons()).contains(new Why.Labelled(label, true));
        assertThat(why.reasons().stream().filter(reason -> !reason.inFavour())).hasSize(1);
    }

    @Test
    void saysThatNothingWasGranted() {
        Identity ada = house.person("ada");
        Why why = why(ada, marking(Set.of(), 0));
        assertThat(why.reads()).isFalse();
        assertThat(why.reasons()).contains(new Why.NotGranted());
    }

    @Test
    void tellsWhatSomebodyCouldSeeOnADayOfThePast() {
        Identity ada = house.person("ada");
        UUID document = UUID.randomUUID();
        Marking plain = marking(Set.of(), 1);
        Marking secret = marking(Set.of(), 3);
        house.made(
                handle -> authority.grants().grant(handle, Principal.CONSOLE, collection, Permission.READ, ada.id()));
        mark(document, plain);
        house.clock().advance(Duration.ofDays(10));
        Instant then = house.clock().instant();
        house.clock().advance(Duration.ofDays(10));
        mark(document, secret);
        house.clock().advance(Duration.ofDays(10));
        house.made(
                handle -> authority.grants().revoke(handle, Principal.CONSOLE, collection, Permission.READ, ada.id()));
        assertThat(seenBy(ada, then)).containsExactly(document);
        assertThat(seenBy(ada, then.plus(Duration.ofDays(15)))).isEmpty();
        assertThat(seenBy(ada, house.clock().instant())).isEmpty();
        assertThat(house.<Optional<Marking>>in(handle -> Markings.at(handle, document, then)))
                .contains(plain);
    }

    private List<UUID> seenBy(Identity reader, Instant time) {
        return house.in(handle -> {
            long version = Policy.versionAt(handle, time).orElseThrow();
            ReadFilter filter = authority.rights().filter(handle, reader.id(), version, time);
            return Markings.documentsAt(handle, filter.markings(), time, new UUID(0, 0), 10);
        });
    }

    private Why why(Identity reader, Marking marking) {
        return house.in(handle -> authority
                .rights()
                .why(
                        handle,
                        reader.id(),
                        marking,
                        Policy.version(handle),
                        house.clock().instant()));
    }

    private Marking marking(Set<UUID> labels, int level) {
        return house.in(handle -> Markings.of(handle, collection, labels, level));
    }

    private void mark(UUID document, Marking marking) {
        assertThat(house.<Boolean>in(handle ->
                        Markings.mark(handle, document, marking, house.clock().instant())))
                .isTrue();
    }
}
