package org.cartulary.appliance.api;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.cartulary.appliance.access.CalledBy;

/** The page itself, for whoever is signed in. */
@Hidden
@Controller
final class PageController {
    private final byte[] page = resource("ui/index.html");
    private final OpenApiDocument document;

    PageController(OpenApiDocument document) {
        this.document = document;
    }

    @CalledBy
    @Get(value = "/", produces = MediaType.TEXT_HTML)
    HttpResponse<byte[]> page() {
        return HttpResponse.ok(page).contentType(MediaType.TEXT_HTML_TYPE);
    }

    @CalledBy
    @Get(value = "/api/openapi.yml", produces = "application/yaml")
    HttpResponse<byte[]> openApi() {
        return HttpResponse.ok(document.text()).contentType(MediaType.of("application/yaml"));
    }

    private static byte[] resource(String name) {
        try (InputStream in = PageController.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The appliance's jars lack " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
