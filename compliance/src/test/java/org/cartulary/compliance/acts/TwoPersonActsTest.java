package org.cartulary.compliance.acts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.cartulary.compliance.evidence.EntrySummary;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.cartulary.compliance.people.Roles;
import org.cartulary.compliance.policy.Policy;
import org.cartulary.compliance.testing.House;
import org.cartulary.compliance.testing.PostgresExtension;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoPersonActsTest {
    private static final String REASON = "the new officer of the ward";
    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    @TempDir
    private Path home;

    private final AtomicInteger executed = new AtomicInteger();
    private House house;
    private TwoPersonActs acts;
    private Identity ada;
    private Identity ben;
    private Identity olga;

    /** Counts how often it was done; refuses while told to. */
    private final class Counted implements Act {
        private volatile Optional<ActOutcome.Refused> refusal = Optional.empty();

        @Override
        public String kind() {
            return "count";
        }

        @Override
        public Set<Role> requesters() {
            return EnumSet.of(Role.ADMINISTRATOR);
        }

        @Override
        public Set<Role> approvers() {
            return EnumSet.of(Role.ADMINISTRATOR);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Optional<ActOutcome.Refused> check(Handle handle, JsonNode parameters) {
            return Optional.empty();
        }

        @Override
        public Optional<ActOutcome.Refused> execute(Handle handle, Principal approver, JsonNode parameters) {
            if (refusal.isEmpty()) {
                executed.incrementAndGet();
            }
            return refusal;
        }
    }

    private final Counted counted = new Counted();

    @BeforeEach
    void open() {
        house = new House(PostgresExtension.database("compliance"), home);
        acts = house.authority().acts(house.log(), house.clock(), List.of(counted));
        ada = house.person("ada", Role.ADMINISTRATOR);
        ben = house.person("ben", Role.ADMINISTRATOR);
        olga = house.person("olga", Role.COMPLIANCE_OFFICER);
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void isDoneWhenAnotherPersonApproves() {
        ActRequest request = requested();
        assertThat(executed).hasValue(0);
        ActOutcome outcome = house.in(handle -> acts.approve(handle, ben.id(), request.id()));
        assertThat(outcome).isInstanceOfSatisfying(ActOutcome.Done.class, done -> {
            assertThat(done.request().state()).isEqualTo(ActRequest.State.EXECUTED);
            assertThat(done.request().decision().orElseThrow().by()).isEqualTo(ben.id());
        });
        assertThat(executed).hasValue(1);
    }

    @Test
    void nobodyApprovesWhatHeAskedFor() {
        ActRequest request = requested();
        assertThat(code(house.in(handle -> acts.approve(handle, ada.id(), request.id()))))
                .isEqualTo("same-person");
        assertThat(executed).hasValue(0);
    }

    @Test
    void theConsoleAndProgramsAreNobody() {
        Identity robot = house.service("robot", Role.SERVICE);
        for (Principal nobody : List.of(Principal.CONSOLE, robot.id())) {
            assertThat(code(house.in(handle -> acts.request(handle, nobody, "count", NOTHING, REASON))))
                    .isEqualTo("not-a-person");
        }
        ActRequest request = requested();
        assertThat(code(house.in(handle -> acts.approve(handle, Principal.CONSOLE, request.id()))))
                .isEqualTo("not-a-person");
    }

    @Test
    void whoHasNotTheRoleNeitherAsksNorApproves() {
        assertThat(code(house.in(handle -> acts.request(handle, olga.id(), "count", NOTHING, REASON))))
                .isEqualTo("role");
        ActRequest request = requested();
        assertThat(code(house.in(handle -> acts.approve(handle, olga.id(), request.id()))))
                .isEqualTo("role");
    }

    @Test
    void whoLostTheRoleAfterAskingHasAskedForNothing() {
        ActRequest request = requested();
        house.made(handle -> house.authority().roles().take(handle, ben.id(), Role.ADMINISTRATOR, ada));
        assertThat(code(house.in(handle -> acts.approve(handle, ben.id(), request.id()))))
                .isEqualTo("requester");
        assertThat(executed).hasValue(0);
    }

    @Test
    void anActThatCannotBeDoneNowWaitsOn() {
        ActRequest request = requested();
        counted.refusal = Optional.of(new ActOutcome.Refused("not-now", "Not now."));
        assertThat(code(house.in(handle -> acts.approve(handle, ben.id(), request.id()))))
                .isEqualTo("not-now");
        counted.refusal = Optional.empty();
        assertThat(house.<ActOutcome>in(handle -> acts.approve(handle, ben.id(), request.id())))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(executed).hasValue(1);
    }

    @Test
    void isDoneOnceWhoeverApprovesAtTheSameTime() throws Exception {
        Identity cleo = house.person("cleo", Role.ADMINISTRATOR);
        ActRequest request = requested();
        List<Future<ActOutcome>> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 16; i++) {
                Principal by = i % 2 == 0 ? ben.id() : cleo.id();
                Callable<ActOutcome> approval = () -> house.in(handle -> acts.approve(handle, by, request.id()));
                outcomes.add(threads.submit(approval));
            }
        }
        int done = 0;
        for (Future<ActOutcome> outcome : outcomes) {
            done += outcome.get() instanceof ActOutcome.Done ? 1 : 0;
        }
        assertThat(done).isEqualTo(1);
        assertThat(executed).hasValue(1);
    }

    @Test
    void aRequestThatWaitsTooLongIsOver() {
        ActRequest request = requested();
        house.clock().advance(Duration.ofDays(8));
        assertThat(code(house.in(handle -> acts.approve(handle, ben.id(), request.id()))))
                .isEqualTo("not-waiting");
        assertThat(house.in(handle -> acts.list(handle, false, 10)).getFirst().state())
                .isEqualTo(ActRequest.State.EXPIRED);
        assertThat(executed).hasValue(0);
    }

    @Test
    void canBeRejectedAndTakenBack() {
        ActRequest first = requested();
        ActRequest second = requested();
        assertThat(house.<ActOutcome>in(handle -> acts.reject(handle, ben.id(), first.id(), "not needed")))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(code(house.in(handle -> acts.withdraw(handle, ben.id(), second.id()))))
                .isEqualTo("not-waiting");
        assertThat(house.<ActOutcome>in(handle -> acts.withdraw(handle, ada.id(), second.id())))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(house.<List<ActRequest>>in(handle -> acts.list(handle, true, 10)))
                .isEmpty();
        assertThat(code(house.in(handle -> acts.approve(handle, ben.id(), first.id()))))
                .isEqualTo("not-waiting");
    }

    @Test
    void requestAndDecisionAreOnRecordUnderOneNumber() {
        ActRequest request = requested();
        house.in(handle -> acts.approve(handle, ben.id(), request.id()));
        assertThat(house.log().receiptOf(request.number())).isNotNull();
        List<String> types = new ArrayList<>();
        long last = -1;
        while (types.size() < 2) {
            types.clear();
            for (EntrySummary entry : house.log().entries(0, 1000)) {
                if (entry.number() == request.number()) {
                    types.add(entry.type().wireName());
                    last = entry.index();
                }
            }
            Thread.onSpinWait();
        }
        assertThat(types).containsExactly("act-requested", "act-executed");
        assertThat(last).isPositive();
    }

    @Test
    void anOfficerIsMadeByAnAdministratorAndAnOfficerTogether() {
        Identity cleo = house.person("cleo");
        JsonNode parameters =
                JsonNodeFactory.instance.objectNode().put("person", cleo.id().id());
        ActOutcome asked = house.in(handle -> acts.request(handle, ada.id(), "give-compliance", parameters, REASON));
        UUID id = ((ActOutcome.Done) asked).request().id();
        assertThat(code(house.in(handle -> acts.approve(handle, ben.id(), id)))).isEqualTo("role");
        assertThat(house.<ActOutcome>in(handle -> acts.approve(handle, olga.id(), id)))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(house.<Set<Role>>in(handle -> Roles.of(handle, cleo.id(), Policy.version(handle))))
                .containsExactly(Role.COMPLIANCE_OFFICER);
    }

    @Test
    void anAdministratorIsNotMadeAnOfficerEvenByTwo() {
        JsonNode parameters =
                JsonNodeFactory.instance.objectNode().put("person", ben.id().id());
        ActOutcome asked = house.in(handle -> acts.request(handle, ada.id(), "give-compliance", parameters, REASON));
        UUID id = ((ActOutcome.Done) asked).request().id();
        assertThat(code(house.in(handle -> acts.approve(handle, olga.id(), id))))
                .isEqualTo("separation-of-duties");
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertThat(code(house.in(handle -> acts.request(handle, ada.id(), "fly", NOTHING, REASON))))
                .isEqualTo("unknown-act");
        assertThat(code(house.in(handle -> acts.request(handle, ada.id(), "count", NOTHING, "  why  "))))
                .isEqualTo("reason");
        assertThat(code(house.in(handle -> acts.request(
                        handle,
                        ada.id(),
                        "give-compliance",
                        JsonNodeFactory.instance.objectNode().put("person", "person:nobody"),
                        REASON))))
                .isEqualTo("person");
        assertThat(code(house.in(handle -> acts.request(
                        handle,
                        ada.id(),
                        "separate-duties",
                        JsonNodeFactory.instance
                                .objectNode()
                                .set(
                                        "pairs",
                                        JsonNodeFactory.instance.arrayNode(1).add(1)),
                        REASON))))
                .isEqualTo("pairs");
    }

    @Test
    void namesTheParametersThatAreMissingUnknownOrOfAnotherType() {
        JsonNode wrong =
                JsonNodeFactory.instance.objectNode().put("pairs", "all").put("colour", "green");
        ActOutcome outcome = house.in(handle -> acts.request(handle, ada.id(), "separate-duties", wrong, REASON));
        assertThat(outcome).isInstanceOfSatisfying(ActOutcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("parameters");
            assertThat(refused.message())
                    .contains("\"pairs\" is to be a list", "\"colour\" is unknown", "exclude each other");
        });
        ActOutcome nothing = house.in(handle -> acts.request(handle, ada.id(), "give-compliance", NOTHING, REASON));
        assertThat(nothing)
                .isInstanceOfSatisfying(
                        ActOutcome.Refused.class,
                        refused -> assertThat(refused.message()).contains("\"person\" is missing"));
    }

    @Test
    void aRequestIsFoundHoweverItStands() {
        ActRequest request = requested();
        house.in(handle -> acts.approve(handle, ben.id(), request.id()));
        assertThat(house.<Optional<ActRequest>>in(handle -> acts.find(handle, request.id())))
                .hasValueSatisfying(found -> assertThat(found.state()).isEqualTo(ActRequest.State.EXECUTED));
        assertThat(house.<Optional<ActRequest>>in(handle -> acts.find(handle, new UUID(0, 1))))
                .isEmpty();
    }

    private ActRequest requested() {
        ActOutcome outcome = house.in(handle -> acts.request(handle, ada.id(), "count", NOTHING, REASON));
        assertThat(outcome).isInstanceOf(ActOutcome.Done.class);
        return ((ActOutcome.Done) outcome).request();
    }

    private static String code(ActOutcome outcome) {
        assertThat(outcome).isInstanceOf(ActOutcome.Refused.class);
        return ((ActOutcome.Refused) outcome).code();
    }
}
