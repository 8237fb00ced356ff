package org.cartulary.appliance.access;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.cartulary.appliance.accounts.Scope;

/**
 * Which scopes open a path: any of them does, and none means every token. What is not listed is for administrators, so a
 * new route is closed to narrow tokens until somebody lists it.
 */
final class RequiredScope {
    private static final Set<Scope> NONE = EnumSet.noneOf(Scope.class);
    private static final Set<Scope> ASK = EnumSet.of(Scope.ASK);
    private static final Set<Scope> GENERATE = EnumSet.of(Scope.GENERATE);
    private static final Set<Scope> ADMINISTER = EnumSet.of(Scope.ADMINISTER);
    private static final Set<Scope> ASK_OR_GENERATE = EnumSet.of(Scope.ASK, Scope.GENERATE);
    private static final Set<Scope> ASK_OR_ADMINISTER = EnumSet.of(Scope.ASK, Scope.ADMINISTER);

    /** Whether it is the one or the other, the body of a completion says: its controller looks again. */
    private static final Map<String, Set<Scope>> EXACT = Map.of(
            "/", NONE,
            "/api/session", NONE,
            "/api/sign-out", NONE,
            "/api/openapi.yml", NONE,
            "/sign-in.css", NONE,
            "/api/ask", ASK,
            "/api/search", ASK,
            "/api/status", ASK_OR_ADMINISTER,
            "/v1/chat/completions", ASK_OR_GENERATE,
            "/v1/models", ASK_OR_GENERATE);

    private RequiredScope() {}

    static Set<Scope> of(HttpRequest<?> request) {
        String path = request.getPath();
        Set<Scope> exact = EXACT.get(path);
        if (exact != null) {
            return exact;
        }
        if (path.startsWith("/ui/") || path.startsWith("/health/")) {
            return NONE;
        }
        if (path.startsWith("/v1/")) {
            return path.startsWith("/v1/models/") ? ASK_OR_GENERATE : GENERATE;
        }
        if (path.startsWith("/api/documents/") || path.startsWith("/api/receipts/")) {
            return ASK;
        }
        boolean reads = request.getMethod() == HttpMethod.GET;
        if (reads && path.equals("/api/models")) {
            return NONE; // the page says which model answers
        }
        return reads && path.startsWith("/api/collections") ? ASK_OR_ADMINISTER : ADMINISTER;
    }
}
