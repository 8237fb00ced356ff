package org.cartulary.appliance.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
        FirstToken.announce(FirstToken.issue(appliance));
        Terminal.line("Cartulary is at " + appliance.address());
        untilStopped(appliance);
        return 0;
    }

    /** Blocks until the process is told to end, then stops in good order. */
    static void untilStopped(Appliance appliance) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            appliance.close();
            stopped.countDown();
        }));
        stopped.await();
    }
}
