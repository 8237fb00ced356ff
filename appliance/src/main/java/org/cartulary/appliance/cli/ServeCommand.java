package org.cartulary.appliance.cli;

import java.util.concurrent.Callable;
import org.cartulary.appliance.Appliance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "serve",
        description = "Runs the appliance until it is stopped (Ctrl-C or SIGTERM).",
        footer = {"", "Example: deploy/cartulary serve"})
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private final HomeOption home = new HomeOption();

    @Override
    public Integer call() throws InterruptedException {
        Appliance appliance = Appliance.startToServe(home.directory());
        try (Console console = Console.of(home.directory(), appliance)) {
            FirstSteps.announce(console);
        }
        Terminal.line("Cartulary is at " + appliance.address());
        appliance.awaitStopped();
        return 0;
    }
}
