package org.cartulary.appliance.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.cartulary.appliance.settings.SettingSource;
import org.cartulary.appliance.settings.Settings;
import org.cartulary.inference.ModelCard;
import org.cartulary.inference.bench.ModelSpeed;
import org.cartulary.inference.models.MeasuredDefault;
import org.cartulary.inference.models.ModelManifest;
import org.cartulary.inference.models.ModelStore;
import org.cartulary.inference.models.Requantizer;
import org.cartulary.inference.models.StoredModel;
import org.cartulary.inference.supervision.InferenceConfig;
import org.cartulary.inference.supervision.InferenceWorkers;
import picocli.CommandLine.Command;

@Command(
        name = "setup",
        description = {
            "Fills CARTULARY_CACHE with what comes from the appliance itself: libraries that lie inside its jars, and the",
            "Q8_0 copy of the default chat model; the faster of the two on this machine becomes the default. The launcher",
            "calls this once; it makes only what is missing."
        },
        footer = {"", "Example: deploy/cartulary setup"})
final class SetupCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        Path cache = Settings.from(new SettingSource(name -> null)).cache();
        InferenceWorkers.unpackLibraries(cache);
        InferenceConfig.Libraries libraries = InferenceConfig.libraries(cache);
        Path models = cache.resolve("models");
        Requantizer requantizer = new Requantizer(models, libraries.llama(), libraries.classPath());
        List<StoredModel> candidates = requantizer.ensureDefaultCopy();
        if (candidates.size() == 2 && MeasuredDefault.of(models).isEmpty()) {
            measure(models, libraries, candidates);
        }
        ModelManifest chosen =
                new ModelStore(models).defaultFor(ModelCard.Role.CHAT).manifest();
        Terminal.remark("The default chat model is " + chosen.name() + ", " + chosen.bytes() / 1_000_000 + " MB");
        return 0;
    }

    /** Which of the two is faster depends on the processor, so it is measured where it will serve. */
    private static void measure(Path models, InferenceConfig.Libraries libraries, List<StoredModel> candidates) {
        Terminal.remark("Measuring which of " + candidates.size() + " chat models answers faster here (half a minute)");
        int processors = Runtime.getRuntime().availableProcessors();
        List<ModelSpeed> speeds =
                ModelSpeed.compare(libraries, candidates.getFirst(), candidates.getLast(), processors);
        List<MeasuredDefault.Measured> measured =
                speeds.stream().map(SetupCommand::measured).toList();
        for (MeasuredDefault.Measured one : measured) {
            Terminal.remark("  %s reads %.0f and writes %.1f tokens a second: %.1f s for an ordinary answer"
                    .formatted(one.name(), one.prefill(), one.decode(), one.seconds()));
        }
        String fastest = Collections.min(measured, Comparator.comparingDouble(MeasuredDefault.Measured::seconds))
                .sha256();
        new MeasuredDefault(fastest, processors, measured).keep(models);
    }

    private static MeasuredDefault.Measured measured(ModelSpeed speed) {
        ModelManifest manifest = speed.model().manifest();
        return new MeasuredDefault.Measured(
                manifest.sha256(), manifest.name(), speed.prefill(), speed.decode(), speed.seconds());
    }
}
