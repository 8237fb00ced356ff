package org.cartulary.appliance.wiring;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.cartulary.appliance.database.Database;
import org.cartulary.appliance.home.CartularyHome;
import org.cartulary.appliance.restore.Restoring;
import org.cartulary.appliance.settings.ConfigurationFile;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.compliance.keys.DataKeys;

/** A home on which no appliance runs, or can, and which is held meanwhile. For one thread. */
public final class StoppedHome implements AutoCloseable {
    private final CartularyHome home;
    private final Settings settings;

    private StoppedHome(CartularyHome home, Settings settings) {
        this.home = home;
        this.settings = settings;
    }

    /** Takes it, with the settings that an appliance would have there; throws where one runs. */
    public static StoppedHome hold(Path directory) {
        CartularyHome home = CartularyHome.hold(directory);
        try {
            return new StoppedHome(home, settings(home));
        } catch (RuntimeException e) {
            home.close();
            throw e;
        }
    }

    private static Settings settings(CartularyHome home) {
        ConfigurationFile.writeIfAbsent(home.configuration());
        PropertySource file = ConfigurationFile.read(home.configuration());
        try (ApplicationContext context = ApplicationContext.builder()
                .deduceEnvironment(false)
                .banner(false)
                .propertySources(file)
                .build()) {
            return ConfigurationFile.settings(file, context.getEnvironment().start());
        }
    }

    /** Works on its database, brought to its newest version, and its keys. */
    public <T> T restoring(Function<Restoring, T> work) {
        Path directory = home.directory();
        try (Database database = Database.open(
                        settings.database(), Modules.postgres(settings), directory.resolve("postgresql"));
                DataKeys keys = DataKeys.open(directory, System.getenv())) {
            return work.apply(new Restoring(database.jdbi(), keys, directory, Clock.systemUTC()));
        }
    }

    /** Starts everything, which finishes what was begun, and stops it again; nothing listens. */
    public void startAndStop() {
        Modules.open(home, settings, Clock.systemUTC()).close();
    }

    @Override
    public void close() {
        home.close();
    }
}
