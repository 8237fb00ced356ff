package org.cartulary.compliance.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cartulary.compliance.Authority;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.policy.PolicyChange;
import org.cartulary.compliance.testing.House;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolesTest {
    @TempDir
    private Path home;

    private House house;
    private Authority authority;

    @BeforeEach
    void open() {
        Jdbi jdbi = PostgresExtension.database("compliance");
        house = new House(jdbi, home);
        authority = house.authority();
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aRoleCountsForTheMembersOfAGroupWithinAGroup() {
        Identity ward = house.group("ward", Role.READER);
        Identity nurses = house.group("nurses");
        Identity ada = house.person("ada");
        house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, ward, nurses));
        house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, nurses, ada));
        assertThat(roles(ada)).containsExactly(Role.READER);
        house.made(handle -> authority.groups().remove(handle, Principal.CONSOLE, ward, nurses));
        assertThat(roles(ada)).isEmpty();
    }

    @Test
    void aPageThatEndsBetweenTwoOfOneNameLeavesNeitherOut() {
        Identity ours = house.group("nurses");
        Identity theirs = new Identity(
                new Principal("group:directory"),
                Identity.Kind.GROUP,
                "directory",
                "cn=nurses",
                "nurses",
                "Nurses",
                false);
        house.made(handle -> authority.identities().add(handle, Principal.CONSOLE, theirs));
        Identity ward = house.group("ward");
        List<Identity> listed = new ArrayList<>();
        String after = "";
        List<Identity> page;
        do {
            String last = after;
            page = house.in(handle -> Identities.list(handle, Identity.Kind.GROUP, last, 1));
            listed.addAll(page);
            after = page.isEmpty() ? "" : page.getLast().id().id();
        } while (!page.isEmpty());
        assertThat(listed).containsExactlyInAnyOrder(ours, theirs, ward).endsWith(ward);
    }

    @Test
    void rolesThatExcludeEachOtherMeetInNobodyByWhicheverGroup() {
        Identity officer = house.person("olga", Role.COMPLIANCE_OFFICER);
        Identity editors = house.group("editors");
        Identity ward = house.group("ward", Role.CURATOR);
        assertThat(house.refused(
                        handle -> authority.roles().give(handle, Principal.CONSOLE, Role.ADMINISTRATOR, officer)))
                .isEqualTo("separation-of-duties");
        house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, editors, officer));
        assertThat(house.refused(handle -> authority.groups().add(handle, Principal.CONSOLE, ward, editors)))
                .isEqualTo("separation-of-duties");
        assertThat(house.refused(handle -> authority.roles().give(handle, Principal.CONSOLE, Role.CURATOR, editors)))
                .isEqualTo("separation-of-duties");
        assertThat(roles(officer)).containsExactly(Role.COMPLIANCE_OFFICER);
    }

    @Test
    void whichRolesExcludeEachOtherIsPolicy() {
        Identity both = house.person("both", Role.READER);
        house.made(handle -> authority
                .settings()
                .set(
                        handle,
                        Principal.CONSOLE,
                        SeparationOfDuties.SETTING,
                        SeparationOfDuties.value(List.of(EnumSet.of(Role.READER, Role.CURATOR)))));
        assertThat(house.refused(handle -> authority.roles().give(handle, Principal.CONSOLE, Role.CURATOR, both)))
                .isEqualTo("separation-of-duties");
    }

    @Test
    void theLastAdministratorStays() {
        Identity ada = house.person("ada", Role.ADMINISTRATOR);
        Identity ben = house.person("ben", Role.ADMINISTRATOR);
        house.made(handle -> authority.identities().disable(handle, ada.id(), ben));
        assertThat(house.refused(handle -> authority.identities().disable(handle, ada.id(), ada)))
                .isEqualTo("last-holder");
        assertThat(house.refused(handle -> authority.roles().take(handle, ada.id(), Role.ADMINISTRATOR, ada)))
                .isEqualTo("last-holder");
        house.made(handle -> authority.identities().enable(handle, ada.id(), ben));
        house.made(handle -> authority.roles().take(handle, ben.id(), Role.ADMINISTRATOR, ada));
        assertThat(roles(ben)).containsExactly(Role.ADMINISTRATOR);
    }

    @Test
    void noSinglePersonMakesOrUnmakesAComplianceOfficer() {
        Identity ada = house.person("ada", Role.ADMINISTRATOR);
        Identity ben = house.person("ben");
        Identity olga = house.person("olga", Role.COMPLIANCE_OFFICER);
        for (Principal by : List.of(ada.id(), Principal.CONSOLE)) {
            assertThat(house.refused(handle -> authority.roles().give(handle, by, Role.COMPLIANCE_OFFICER, ben)))
                    .isEqualTo("two-people");
            assertThat(house.refused(handle -> authority.roles().take(handle, by, Role.COMPLIANCE_OFFICER, olga)))
                    .isEqualTo("two-people");
            assertThat(house.refused(handle -> authority.identities().disable(handle, by, olga)))
                    .isEqualTo("two-people");
        }
        assertThat(house.refused(handle -> authority.roles().giveFirstCompliance(handle, ben)))
                .isEqualTo("first-officer");
    }

    @Test
    void aGroupHoldsNoRoleThatWatchesOrRuns() {
        Identity group = house.group("admins");
        assertThat(house.refused(
                        handle -> authority.roles().give(handle, Principal.CONSOLE, Role.ADMINISTRATOR, group)))
                .isEqualTo("role-kind");
        assertThat(house.refused(handle -> authority.roles().giveFirstCompliance(handle, group)))
                .isEqualTo("role-kind");
    }

    @Test
    void groupsNeverContainEachOther() {
        Identity one = house.group("one");
        Identity two = house.group("two");
        Identity three = house.group("three");
        house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, one, two));
        house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, two, three));
        assertThat(house.refused(handle -> authority.groups().add(handle, Principal.CONSOLE, three, one)))
                .isEqualTo("group-nesting");
        assertThat(house.refused(handle -> authority.groups().add(handle, Principal.CONSOLE, one, one)))
                .isEqualTo("group-nesting");
    }

    @Test
    void groupsLieNoDeeperThanAPersonCanFollow() {
        Identity outer = house.group("g0");
        for (int i = 1; i < NestedGroups.MAX_DEPTH + 1; i++) {
            Identity container = outer;
            Identity inner = house.group("g" + i);
            house.made(handle -> authority.groups().add(handle, Principal.CONSOLE, container, inner));
            outer = inner;
        }
        Identity last = outer;
        Identity tooDeep = house.group("deep");
        assertThat(house.refused(handle -> authority.groups().add(handle, Principal.CONSOLE, last, tooDeep)))
                .isEqualTo("group-nesting");
    }

    @Test
    void whoIsDisabledHoldsNothingUntilHeIsEnabled() {
        Identity ada = house.person("ada", Role.READER);
        house.made(handle -> authority.identities().disable(handle, Principal.CONSOLE, ada));
        assertThat(roles(ada)).isEmpty();
        assertThat(house.in(handle -> Identities.find(handle, ada.id()))
                        .orElseThrow()
                        .disabled())
                .isTrue();
        house.made(handle -> authority.identities().enable(handle, Principal.CONSOLE, ada));
        assertThat(roles(ada)).containsExactly(Role.READER);
    }

    @Test
    void nobodyWidensHisOwnRights() {
        Identity ada = house.person("ada", Role.ADMINISTRATOR);
        Identity ben = house.person("ben", Role.ADMINISTRATOR);
        Identity readers = house.group("readers", Role.READER);
        assertThat(house.refused(handle -> authority.roles().give(handle, ada.id(), Role.READER, ada)))
                .isEqualTo("own-rights");
        assertThat(house.refused(handle -> authority.groups().add(handle, ada.id(), readers, ada)))
                .isEqualTo("own-rights");
        house.made(handle -> authority.groups().add(handle, ben.id(), readers, ada));
        assertThat(house.refused(handle -> authority.roles().give(handle, ada.id(), Role.CURATOR, readers)))
                .isEqualTo("own-rights");
    }

    @Test
    void aNameIsTakenWhicheverWayItIsWritten() {
        house.person("Ada.Ost");
        assertThat(house.refused(handle -> authority
                        .identities()
                        .add(handle, Principal.CONSOLE, Identity.local(Identity.Kind.PERSON, " ADA.OST", "x"))))
                .isEqualTo("name-taken");
        assertThat(house.<Optional<Identity>>in(
                        handle -> Identities.named(handle, Identity.normalised("ada.ost"), false)))
                .isPresent();
        assertThatThrownBy(() -> Identity.normalised("ada\nost")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsSoAlreadyMakesNoVersion() {
        Identity ada = house.person("ada", Role.READER);
        long before = house.version();
        assertThat(house.<PolicyChange>in(
                        handle -> authority.roles().give(handle, Principal.CONSOLE, Role.READER, ada)))
                .isInstanceOf(PolicyChange.Unchanged.class);
        assertThat(house.version()).isEqualTo(before);
    }

    private Set<Role> roles(Identity identity) {
        return house.in(handle -> Roles.of(handle, identity.id(), Policy.version(handle)));
    }
}
