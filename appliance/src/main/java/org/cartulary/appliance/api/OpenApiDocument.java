package org.cartulary.appliance.api;

import io.micronaut.web.router.Router;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cartulary.appliance.access.Declared;
import org.cartulary.appliance.accounts.Scope;
import org.cartulary.compliance.people.Role;

/**
 * The description of the interface as the build made it, and in each operation the extension {@code x-called-by}: any of
 * these roles (none for whoever is signed in), and any of these scopes where the caller shows a key (none for every key).
 */
@Singleton
final class OpenApiDocument {
    private static final String RESOURCE = "META-INF/swagger/openapi.yml";
    private static final Pattern PATH = Pattern.compile("  (/\\S*):");
    private static final Pattern METHOD = Pattern.compile("    (get|post|put|delete|patch):");

    private final byte[] text;

    OpenApiDocument(Router router) {
        this.text = extended(router).getBytes(StandardCharsets.UTF_8);
    }

    byte[] text() {
        return text.clone();
    }

    /** The build writes one key a line, which is all that is relied on here. */
    private static String extended(Router router) {
        Map<String, Declared> routes = routes(router);
        StringBuilder extended = new StringBuilder();
        String path = "";
        for (String line : built().lines().toList()) {
            extended.append(line).append('\n');
            Matcher atPath = PATH.matcher(line);
            Matcher atMethod = METHOD.matcher(line);
            if (atPath.matches()) {
                path = atPath.group(1);
            } else if (!line.startsWith(" ")) {
                path = "";
            } else if (!path.isEmpty() && atMethod.matches()) {
                String route = atMethod.group(1).toUpperCase(Locale.ROOT) + " " + path;
                Optional.ofNullable(routes.get(route)).ifPresent(declared -> extended.append(extension(declared)));
            }
        }
        return extended.toString();
    }

    private static String extension(Declared declared) {
        return """
                      x-called-by:
                        roles: [%s]
                        scopes: [%s]
                        strangers: %b
                        console: %b
                """.formatted(
                        joined(declared.roles().stream().map(Role::wireName)),
                        joined(declared.scopes().stream().map(Scope::wireName)),
                        declared.strangers(),
                        declared.console());
    }

    private static String joined(Stream<String> names) {
        return names.sorted().collect(Collectors.joining(", "));
    }

    private static Map<String, Declared> routes(Router router) {
        Map<String, Declared> routes = new HashMap<>();
        router.uriRoutes()
                .forEach(route -> Declared.of(route.getAnnotationMetadata())
                        .ifPresent(declared -> routes.put(
                                route.getHttpMethodName() + " "
                                        + route.getUriMatchTemplate()
                                                .toPathString()
                                                .replaceAll("\\{[?&][^}]*}", ""),
                                declared)));
        return routes;
    }

    private static String built() {
        try (InputStream in = OpenApiDocument.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The appliance's jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
