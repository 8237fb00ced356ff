package org.cartulary.compliance.purpose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.testing.House;
import org.cartulary.compliance.testing.PostgresExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurposesTest {
    private final UUID collection = UUID.randomUUID();

    @TempDir
    private Path home;

    private House house;
    private Purposes purposes;

    @BeforeEach
    void open() {
        house = new House(PostgresExtension.database("compliance"), home);
        purposes = house.authority().purposes();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aCollectionThatWantsNothingTakesAQuestionAsItIs() {
        assertThat(missing(Stated.NOTHING)).isEmpty();
        assertThat(missing(new Stated("treatment", "case 17"))).isEmpty();
        assertThat(missing(new Stated("curiosity", null))).contains("purpose");
    }

    @Test
    void namesThePurposesThatACollectionTakes() {
        require(Set.of("treatment", "legal"), false);
        assertThat(missing(Stated.NOTHING)).contains("purpose");
        assertThat(missing(new Stated("research", null))).contains("purpose");
        assertThat(missing(new Stated(" treatment ", null))).isEmpty();
    }

    @Test
    void wantsTheCaseWhereTheCollectionSaysSo() {
        require(Set.of(), true);
        assertThat(missing(new Stated(null, "  "))).contains("reference");
        assertThat(missing(new Stated(null, "MRN 0042"))).isEmpty();
        assertThat(missing(new Stated(null, "x".repeat(Purposes.MAX_REFERENCE + 1))))
                .contains("reference");
    }

    @Test
    void theHouseHasAListOfItsOwn() {
        assertThat(house.refused(handle ->
                        purposes.require(handle, Principal.CONSOLE, collection, requirement(Set.of("triage"), false))))
                .isEqualTo("unknown-purpose");
        house.made(handle -> purposes.setHouse(handle, Principal.CONSOLE, List.of("triage", "treatment")));
        require(Set.of("triage"), false);
        assertThat(missing(new Stated("triage", null))).isEmpty();
        assertThat(house.refused(handle -> purposes.setHouse(handle, Principal.CONSOLE, List.of("Not a code"))))
                .isEqualTo("purposes");
    }

    private void require(Set<String> any, boolean reference) {
        house.made(handle -> purposes.require(handle, Principal.CONSOLE, collection, requirement(any, reference)));
    }

    private static Requirement requirement(Set<String> any, boolean reference) {
        return new Requirement(new TreeSet<>(any), reference);
    }

    private List<String> missing(Stated stated) {
        return house.in(handle -> Purposes.missing(handle, collection, stated)).stream()
                .map(Purposes.Missing::code)
                .toList();
    }
}
