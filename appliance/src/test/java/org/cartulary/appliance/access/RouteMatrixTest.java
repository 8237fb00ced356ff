package org.cartulary.appliance.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.web.router.Router;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.cartulary.appliance.accounts.ApiKeys;
import org.cartulary.appliance.accounts.Limits;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.appliance.testing.RestClient;
import org.cartulary.appliance.testing.SharedAppliance;
import org.cartulary.appliance.testing.SharedAppliance.Running;
import org.cartulary.appliance.testing.Staff;
import org.cartulary.compliance.identity.Principal;
import org.cartulary.compliance.people.Identity;
import org.cartulary.compliance.people.Role;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

/**
 * Every operation of the OpenAPI document, tried without credentials, with each role, with keys that count no more, and with
 * the ids of a collection that the caller may not see. A new route is tried without anybody thinking of it.
 */
@ExtendWith(SharedAppliance.class)
class RouteMatrixTest {
    private static final String HIDDEN = "matrix-hidden";
    private static final String BY_ROLE = "This takes the role";
    private static final String BY_SCOPE = "Your key lacks the scope";
    private static final String BY_PLACE = "matter of the console only";

    private static final Map<Role, RestClient> CLIENTS = new EnumMap<>(Role.class);
    private static String hiddenDocument = "";
    private static RestClient expired;
    private static RestClient revoked;
    private static Running running;

    /**
     * One operation of the document.
     *
     * @param body media type that it takes
     */
    private record Operation(String method, String path, String body) {
        String name() {
            return method + " " + path;
        }

        /** With ids that exist nowhere, or of the hidden collection. */
        String filled() {
            return path.replace("{name}", HIDDEN)
                    .replace("/api/documents/{id}", "/api/documents/" + hiddenDocument)
                    .replace("/{passage}", "/1")
                    .replace("/{number}", "/999999999")
                    .replace("/{level}", "/1")
                    .replace("/{key}", "/" + new UUID(0, 1))
                    .replace("/people/{id}", "/people/person:none")
                    .replace("/groups/{id}", "/groups/group:none")
                    .replaceAll("\\{id}", new UUID(0, 1).toString())
                    .replaceAll("\\{[a-zA-Z]+}", "none");
        }
    }

    @BeforeAll
    static void employ(Running shared) {
        running = shared;
        Staff staff = new Staff(running.appliance());
        for (Role role : List.of(Role.READER, Role.CURATOR, Role.ADMINISTRATOR)) {
            Identity person = staff.person("matrix-" + role.wireName(), role);
            CLIENTS.put(role, running.client().withToken(staff.key(person)));
        }
        CLIENTS.put(Role.COMPLIANCE_OFFICER, running.officer());
        Identity service = staff.service("matrix-service", Role.SERVICE);
        CLIENTS.put(Role.SERVICE, running.client().withToken(staff.key(service)));
        hiddenDocument = hide();
        expired = running.client().withToken(key(service, "expired"));
        revoked = running.client().withToken(key(service, "revoked"));
    }

    /** A collection that only its maker and the console may read, with a document. */
    private static String hide() {
        assertThat(running.client()
                        .post("/api/collections", "{\"name\":\"" + HIDDEN + "\"}")
                        .statusCode())
                .isEqualTo(201);
        return running.client()
                .upload(HIDDEN, "secret.txt", "The zebra sleeps in the archive.".getBytes(StandardCharsets.UTF_8))
                .path("document")
                .asText();
    }

    private static String key(Identity owner, String state) {
        ApiKeys.Issued issued = running.appliance()
                .get(ApiKeys.class)
                .issue(
                        Principal.CONSOLE,
                        owner.id(),
                        new ApiKeys.Wanted(state, Scope.all(), Duration.ofDays(1), Limits.NONE))
                .orElseThrow();
        String change = state.equals("expired") ? "expires_at = now() - interval '1 second'" : "revoked_at = now()";
        running.appliance()
                .get(Jdbi.class)
                .useHandle(handle -> handle.execute(
                        "UPDATE appliance.api_key SET " + change + " WHERE id = ?",
                        issued.key().id()));
        return issued.text();
    }

    @TestFactory
    List<DynamicTest> everyOperationIsForThoseWhomItDeclares() {
        return operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> tryOut(operation)))
                .toList();
    }

    private static void tryOut(Operation operation) {
        Declared declared = declared(operation);
        if (declared.strangers()) {
            assertThat(call(running.stranger(), operation).statusCode()).isNotIn(401, 403);
            return;
        }
        for (RestClient nobody : List.of(running.stranger(), expired, revoked)) {
            assertThat(call(nobody, operation).statusCode()).isEqualTo(401);
        }
        CLIENTS.forEach((role, client) -> tryOut(operation, declared, role, client));
    }

    private static void tryOut(Operation operation, Declared declared, Role role, RestClient client) {
        HttpResponse<String> response = call(client, operation);
        boolean allowed = declared.roles().isEmpty() || declared.roles().contains(role);
        if (declared.console()) {
            assertThat(response.statusCode()).as(role.wireName()).isEqualTo(403);
            assertThat(response.body()).contains(BY_PLACE);
        } else if (!allowed) {
            assertThat(response.statusCode()).as(role.wireName()).isEqualTo(403);
            assertThat(response.body()).contains(BY_ROLE);
        } else {
            assertThat(response.statusCode())
                    .as("%s: %s", role.wireName(), response.body())
                    .isNotEqualTo(401);
            assertThat(response.statusCode())
                    .as("%s: %s", role.wireName(), response.body())
                    .isLessThan(500);
            assertThat(response.body()).doesNotContain(BY_ROLE, BY_SCOPE, BY_PLACE);
        }
        if (operation.path().contains("{name}") || operation.path().startsWith("/api/documents/{id}")) {
            tellsNothingOfWhatIsHidden(role, response);
        }
    }

    /** Administrators and officers say and see who may read a collection; none of them sees what is in it. */
    private static void tellsNothingOfWhatIsHidden(Role role, HttpResponse<String> response) {
        assertThat(response.body()).doesNotContain("zebra", "secret.txt");
        if (role != Role.ADMINISTRATOR && role != Role.COMPLIANCE_OFFICER) {
            assertThat(response.statusCode())
                    .as("%s: %s", role.wireName(), response.body())
                    .isIn(400, 403, 404, 415);
        }
    }

    @Test
    void aKeyOpensOnlyWhatItsScopesAreFor() {
        Staff staff = new Staff(running.appliance());
        for (Scope scope : Scope.values()) {
            RestClient narrow = running.client().withToken(staff.key(running.tess(), Set.of(scope)));
            for (Operation operation : operations()) {
                Declared declared = declared(operation);
                Set<Role> hers = Set.of(Role.READER, Role.CURATOR, Role.ADMINISTRATOR);
                boolean role = declared.roles().isEmpty() || !Collections.disjoint(declared.roles(), hers);
                if (role
                        && !declared.strangers()
                        && !declared.scopes().isEmpty()
                        && !declared.scopes().contains(scope)) {
                    HttpResponse<String> response = call(narrow, operation);
                    assertThat(response.statusCode())
                            .as("%s with %s", operation, scope)
                            .isEqualTo(403);
                    assertThat(response.body()).contains(BY_SCOPE);
                }
            }
        }
    }

    @Test
    void theDocumentKnowsEveryRoute() {
        List<String> documented = operations().stream().map(Operation::name).toList();
        List<String> hidden = List.of(
                "POST /sign-in",
                "GET /sign-in.css",
                "GET /invitation/{token}",
                "POST /invitation",
                "GET /",
                "GET /metrics",
                "GET /api/openapi.yml");
        assertThat(routes().keySet().stream()
                        .filter(route -> !route.startsWith("HEAD ") && !route.startsWith("OPTIONS "))
                        .filter(route -> !hidden.contains(route)))
                .allMatch(documented::contains);
    }

    @Test
    void theDocumentSaysOfEveryOperationWhoMayCallIt() {
        Map<String, Object> document =
                new Yaml().load(running.client().get("/api/openapi.yml").body());
        JsonNode paths = RestClient.JSON.valueToTree(document).path("paths");
        for (Operation operation : operations()) {
            JsonNode calledBy = paths.path(operation.path())
                    .path(operation.method().toLowerCase(Locale.ROOT))
                    .path("x-called-by");
            Declared declared = declared(operation);
            assertThat(calledBy.path("roles"))
                    .as(operation.name())
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrderElementsOf(
                            declared.roles().stream().map(Role::wireName).toList());
            assertThat(calledBy.path("scopes"))
                    .as(operation.name())
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrderElementsOf(
                            declared.scopes().stream().map(Scope::wireName).toList());
            assertThat(calledBy.path("strangers").isBoolean())
                    .as(operation.name())
                    .isTrue();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Operation> operations() {
        String yaml = running.client().get("/api/openapi.yml").body();
        Map<String, Object> document = new Yaml().load(yaml);
        List<Operation> operations = new ArrayList<>();
        Map<String, Map<String, Object>> paths =
                (Map<String, Map<String, Object>>) Objects.requireNonNull(document.get("paths"));
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method ->
                        Set.of("get", "post", "put", "delete", "patch").contains(method))
                .forEach(method -> operations.add(
                        new Operation(method.toUpperCase(Locale.ROOT), path, body(methods.get(method))))));
        assertThat(operations).hasSizeGreaterThan(60);
        return operations;
    }

    /** The media type that an operation of the document takes. */
    private static String body(@Nullable Object operation) {
        JsonNode content =
                RestClient.JSON.valueToTree(operation).path("requestBody").path("content");
        return content.isEmpty() ? "application/json" : content.fieldNames().next();
    }

    private static Declared declared(Operation operation) {
        return Optional.ofNullable(routes().get(operation.name()))
                .orElseThrow(
                        () -> new AssertionError("The document has " + operation + ", but there is no such route"));
    }

    private static Map<String, Declared> routes() {
        Map<String, Declared> routes = new TreeMap<>();
        running.appliance()
                .get(Router.class)
                .uriRoutes()
                .forEach(route -> routes.put(
                        route.getHttpMethodName() + " "
                                + route.getUriMatchTemplate().toPathString().replaceAll("\\{[?&][^}]*}", ""),
                        Declared.of(route.getAnnotationMetadata()).orElseThrow()));
        return routes;
    }

    private static HttpResponse<String> call(RestClient client, Operation operation) {
        HttpRequest.Builder request = client.request(operation.filled());
        boolean form = operation.body().startsWith("multipart");
        boolean reads = operation.method().equals("GET") || operation.method().equals("DELETE");
        return client.send(
                reads
                        ? request.method(operation.method(), HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", operation.body() + (form ? "; boundary=x" : ""))
                                .method(
                                        operation.method(),
                                        HttpRequest.BodyPublishers.ofString(form ? "--x--\r\n" : "{}")));
    }
}
