package org.cartulary.compliance.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.emergency.Emergencies;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.testing.House;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random people, groups in groups, grants, labels, denials, levels and emergencies: what is compiled is what a person would
 * work out, after every change, and for every version afterwards.
 */
class RightsPropertyTest {
    private static final boolean LONG = Boolean.getBoolean("cartulary.long");
    private static final int CHANGES = LONG ? 1500 : 150;

    @TempDir
    private Path home;

    private final List<Identity> people = new ArrayList<>();
    private final List<Identity> groups = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final List<Marking> markings = new ArrayList<>();
    private final List<UUID> collections = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    private final NaiveRights naive = new NaiveRights();

    private record Moment(long version, Instant time, NaiveRights naive) {}

    static IntStream seeds() {
        return IntStream.range(0, LONG ? 20 : 3);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theCompiledFilterIsWhatAPersonWouldWorkOut(int seed) {
        Random random = new Random(seed);
        Jdbi jdbi = PostgresExtension.database("compliance");
        try (House house = new House(jdbi, home)) {
            populate(house, random);
            List<Moment> moments = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                house.clock().advance(Duration.ofSeconds(1));
                change(house, random);
                Identity reader = people.get(random.nextInt(people.size()));
                assertThat(house.filter(reader).markings())
                        .as("seed %s, change %s", seed, i)
                        .isEqualTo(expected(naive, reader));
                if (i % 10 == 0) {
                    people.forEach(person ->
                            assertThat(house.filter(person).markings()).isEqualTo(expected(naive, person)));
                    moments.add(new Moment(house.version(), house.clock().instant(), naive.copy()));
                }
            }
            house.clock().advance(Duration.ofDays(400));
            moments.forEach(moment -> people.forEach(person -> assertThat(house.in(handle -> house.authority()
                                    .rights()
                                    .filter(handle, person.id(), moment.version(), moment.time()))
                            .markings())
                    .as("seed %s, version %s", seed, moment.version())
                    .isEqualTo(expected(moment.naive(), person))));
        }
    }

    private Set<Long> expected(NaiveRights rights, Identity reader) {
        Set<Long> ids = new TreeSet<>();
        for (Marking marking : markings) {
            if (rights.reads(reader.id().id(), marking)) {
                ids.add(marking.id());
            }
        }
        return ids;
    }

    private void populate(House house, Random random) {
        for (int i = 0; i < 5; i++) {
            people.add(house.person("person" + i));
            groups.add(house.group("group" + i));
        }
        for (int i = 0; i < 6; i++) {
            Label label = new Label(
                    UUID.randomUUID(),
                    "label" + i,
                    i % 2 == 0 ? Label.Kind.ALLOW : Label.Kind.DENY,
                    random.nextInt(3) == 0);
            house.made(handle -> house.authority().labels().add(handle, Principal.CONSOLE, label));
            labels.add(label);
            naive.labels.put(label.id(), label);
        }
        for (int i = 0; i < 30; i++) {
            Set<UUID> some = new TreeSet<>();
            labels.stream().filter(label -> random.nextInt(4) == 0).forEach(label -> some.add(label.id()));
            UUID collection = any(collections, random);
            int level = random.nextInt(4);
            Marking marking = house.in(handle -> Markings.of(handle, collection, some, level));
            if (!markings.contains(marking)) {
                markings.add(marking);
            }
        }
    }

    private void change(House house, Random random) {
        Authority authority = house.authority();
        Identity subject = random.nextBoolean() ? any(people, random) : any(groups, random);
        String id = subject.id().id();
        UUID collection = any(collections, random);
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                Identity group = any(groups, random);
                boolean member =
                        naive.facts.contains(List.of("member", group.id().id(), id));
                PolicyChange change = house.in(handle -> member
                        ? authority.groups().remove(handle, Principal.CONSOLE, group, subject)
                        : authority.groups().add(handle, Principal.CONSOLE, group, subject));
                if (change instanceof PolicyChange.Made) {
                    naive.flip(List.of("member", group.id().id(), id));
                }
            }
            case 2, 3 -> {
                Permission permission = any(List.of(Permission.values()), random);
                boolean begins = naive.flip(List.of(permission.wireName(), collection.toString(), id));
                house.made(handle -> begins
                        ? authority.grants().grant(handle, Principal.CONSOLE, collection, permission, subject.id())
                        : authority.grants().revoke(handle, Principal.CONSOLE, collection, permission, subject.id()));
            }
            case 4 -> {
                int level = random.nextInt(4);
                boolean begins = naive.flip(List.of("cleared", Integer.toString(level), id));
                house.made(handle -> begins
                        ? authority.grants().clear(handle, Principal.CONSOLE, level, subject.id())
                        : authority.grants().unclear(handle, Principal.CONSOLE, level, subject.id()));
            }
            case 5 -> {
                Label label = any(labels, random);
                boolean begins = naive.flip(List.of("listed", label.id().toString(), id));
                house.made(handle -> begins
                        ? authority.labels().list(handle, Principal.CONSOLE, label, subject.id())
                        : authority.labels().unlist(handle, Principal.CONSOLE, label, subject.id()));
            }
            case 6 -> {
                Identity person = any(people, random);
                if (random.nextInt(3) == 0
                        || naive.facts.contains(List.of("disabled", person.id().id()))) {
                    boolean begins = naive.flip(List.of("disabled", person.id().id()));
                    house.made(handle -> begins
                            ? authority.identities().disable(handle, Principal.CONSOLE, person)
                            : authority.identities().enable(handle, Principal.CONSOLE, person));
                }
            }
            default -> openOrClose(house, any(people, random), collection);
        }
    }

    private void openOrClose(House house, Identity person, UUID collection) {
        Emergencies emergencies = house.authority().emergencies();
        List<String> fact = List.of("opened", collection.toString(), person.id().id());
        if (naive.facts.contains(fact)) {
            house.in(handle -> emergencies.of(handle, person.id())).stream()
                    .filter(open -> open.collection().equals(collection)
                            && open.endsAt().isAfter(house.clock().instant()))
                    .forEach(open -> house.in(handle -> emergencies.close(handle, person.id(), open.id())));
            naive.facts.remove(fact);
            return;
        }
        Emergencies.Outcome outcome = house.in(
                handle -> emergencies.open(handle, person.id(), collection, "a test of rights", Optional.empty()));
        if (outcome instanceof Emergencies.Outcome.Done) {
            naive.facts.add(fact);
        }
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
