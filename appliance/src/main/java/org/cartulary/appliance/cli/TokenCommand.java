package org.cartulary.appliance.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "token",
        description = "Issues one more administrator token and prints it once.",
        footer = {"", "Example: deploy/cartulary token --name \"integration test\""})
final class TokenCommand implements Callable<Integer> {
    @Mixin
    private final HomeOption home = new HomeOption();

    @Option(names = "--name", description = "What the token is for (default: ${DEFAULT-VALUE}).")
    private String name = "console";

    @Override
    public Integer call() {
        try (Console console = Console.open(home.directory())) {
            Terminal.line(
                    console.post("/api/tokens", Console.JSON.createObjectNode().put("name", name))
                            .path("token")
                            .asText());
            return 0;
        }
    }
}
