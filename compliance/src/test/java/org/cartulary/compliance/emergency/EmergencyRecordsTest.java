package org.cartulary.compliance.emergency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.compliance.evidence.EntryDraft;
import org.cartulary.compliance.evidence.EntryType;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.rights.Markings;
import org.cartulary.compliance.rights.Permission;
import org.cartulary.compliance.testing.House;
import org.cartulary.compliance.testing.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmergencyRecordsTest {
    private static final String REASON = "patient collapsed on ward 6";

    private final UUID collection = UUID.randomUUID();

    @TempDir
    private Path home;

    private House house;
    private Emergencies emergencies;
    private EmergencyRecords records;
    private Identity ada;
    private Identity olga;

    @BeforeEach
    void open() {
        house = new House(PostgresExtension.database("compliance"), home);
        emergencies = house.authority().emergencies();
        records = new EmergencyRecords(house.log());
        ada = house.person("ada", Role.READER);
        olga = house.person("olga", Role.COMPLIANCE_OFFICER);
        house.made(handle -> house.authority()
                .grants()
                .grant(handle, Principal.CONSOLE, collection, Permission.EMERGENCY, ada.id()));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void tellReasonAndRemarkUntilTheyAreDestroyed() {
        Emergency emergency = opened();
        assertThat(words(emergency)).isEqualTo(new EmergencyRecords.Words(Optional.of(REASON), Optional.empty()));
        reviewed(emergency, "no patient");
        assertThat(words(emergency))
                .isEqualTo(new EmergencyRecords.Words(Optional.of(REASON), Optional.of("no patient")));
        house.destroyRecords(emergency.number());
        assertThat(words(emergency)).isEqualTo(new EmergencyRecords.Words(Optional.empty(), Optional.empty()));
    }

    @Test
    void tellWhatWasAskedOfTheCollectionWhileItWasOpen() {
        Identity ben = house.person("ben", Role.READER);
        UUID document = UUID.randomUUID();
        house.in(handle -> Markings.mark(
                handle,
                document,
                Markings.of(handle, collection, Set.of(), 1),
                house.clock().instant()));
        asked(ada, Map.of("collection", collection.toString()));
        house.clock().advance(Duration.ofMinutes(5));
        Emergency emergency = opened();
        house.clock().advance(Duration.ofMinutes(5));
        long question = asked(ada, Map.of("collection", collection.toString()));
        asked(ada, Map.of("collection", UUID.randomUUID().toString()));
        asked(ben, Map.of("collection", collection.toString()));
        long openedDocument = asked(ada, Map.of("document", document.toString()));
        asked(ada, Map.of("document", UUID.randomUUID().toString()));
        asked(ada, Map.of());
        house.clock().advance(Duration.ofDays(1));
        asked(ada, Map.of("collection", collection.toString()));

        EmergencyRecords.Use use = house.in(handle -> records.use(handle, emergency));
        assertThat(use.questions())
                .extracting(EmergencyRecords.Question::number)
                .containsExactly(question, openedDocument);
        assertThat(use.destroyed()).isZero();

        house.destroyRecords(question);
        assertThat(house.<EmergencyRecords.Use>in(handle -> records.use(handle, emergency)))
                .satisfies(left -> {
                    assertThat(left.questions())
                            .extracting(EmergencyRecords.Question::number)
                            .containsExactly(openedDocument);
                    assertThat(left.destroyed()).isEqualTo(1);
                });
    }

    @Test
    void whatWasReviewedIsListedByTheTimeOfTheReview() {
        Emergency first = opened();
        Emergency second = opened();
        Emergency third = opened();
        opened();
        reviewed(third, "");
        // Two at once: a page that ends between them leaves neither out.
        reviewed(first, "");
        house.clock().advance(Duration.ofMinutes(1));
        reviewed(second, "");

        List<Emergency> page = listed(OptionalLong.empty());
        assertThat(page).extracting(Emergency::id).containsExactly(second.id(), third.id());
        assertThat(listed(OptionalLong.of(third.number())))
                .extracting(Emergency::id)
                .containsExactly(first.id());
        assertThat(listed(OptionalLong.of(first.number()))).isEmpty();
    }

    private List<Emergency> listed(OptionalLong before) {
        return house.in(handle -> emergencies.reviewed(handle, before, 2));
    }

    private Emergency opened() {
        return done(house.in(handle -> emergencies.open(handle, ada.id(), collection, REASON, Optional.empty())));
    }

    private void reviewed(Emergency emergency, String remark) {
        Emergency found = done(house.in(handle -> emergencies.review(handle, olga.id(), emergency.id(), true, remark)));
        assertThat(found.review()).isPresent();
    }

    private static Emergency done(Emergencies.Outcome outcome) {
        assertThat(outcome).isInstanceOf(Emergencies.Outcome.Done.class);
        return ((Emergencies.Outcome.Done) outcome).emergency();
    }

    private EmergencyRecords.Words words(Emergency emergency) {
        return house.in(handle -> records.words(handle, emergency));
    }

    private long asked(Identity by, Map<String, Object> sealed) {
        return house.in(handle -> {
            long number = house.log().nextNumber(handle);
            house.log()
                    .append(
                            handle,
                            new EntryDraft(
                                    EntryType.ASKED,
                                    number,
                                    by.id(),
                                    new TreeMap<>(Map.of("act", "ask")),
                                    new TreeMap<>(sealed)));
            return number;
        });
    }
}
