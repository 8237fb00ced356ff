package org.cartulary.appliance.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cartulary.appliance.settings.SettingSource;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.inference.models.Requantizer;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import picocli.CommandLine.Command;

@Command(
        name = "setup",
        description = {
            "Fills CARTULARY_CACHE with what comes from the appliance itself: libraries that lie inside its jars, and the",
            "faster Q8_0 copy of the default chat model. The launcher calls this once; it makes only what is missing."
        },
        footer = {"", "Example: deploy/cartulary setup"})
final class SetupCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Path cache = Settings.from(new SettingSource(name -> null)).cache();
        InferenceWorkers.unpackLibraries(cache);
        InferenceConfig.Libraries libraries = InferenceConfig.libraries(cache);
        Requantizer requantizer = new Requantizer(cache.resolve("models"), libraries.llama(), libraries.classPath());
        StoredModel model = requantizer.ensureFasterDefault();
        Terminal.remark("The default chat model is " + model.manifest().name() + ", "
                + model.manifest().bytes() / 1_000_000 + " MB");
        return 0;
    }
}
