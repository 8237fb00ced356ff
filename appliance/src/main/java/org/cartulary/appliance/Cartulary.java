package org.cartulary.appliance;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import org.cartulary.appliance.cli.CommandLineFace;

/** Entry point of the process. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Cartulary",
                        version = "1",
                        description = "Documents go in, cited answers come out, and every answer leaves a receipt.",
                        license = @License(name = "Apache-2.0")),
        security = @SecurityRequirement(name = "token"))
@SecurityScheme(name = "token", type = SecuritySchemeType.HTTP, scheme = "bearer")
public final class Cartulary {
    private Cartulary() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineFace.run(arguments));
    }
}
