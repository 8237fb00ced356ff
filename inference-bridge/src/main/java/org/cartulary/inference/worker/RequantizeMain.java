package org.cartulary.inference.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.cartulary.inference.llama.LlamaQuantizer;
import org.cartulary.inference.llama.LlamaRuntime;
import org.cartulary.inference.models.RequantizeSettings;
import org.cartulary.inference.process.Lifeline;

/** Makes one copy of a model in another quantisation, and ends. A fault in native code ends only this process. */
public final class RequantizeMain {
    private RequantizeMain() {}

    /** Reads {@link RequantizeSettings} from standard input. */
    public static void main(String[] arguments) throws IOException {
        Lifeline lifeline = new Lifeline(System.in);
        RequantizeSettings settings = RequantizeSettings.ofLine(lifeline.settings());
        lifeline.follow();
        LlamaRuntime runtime = LlamaRuntime.open(Path.of(settings.libraries()));
        new LlamaQuantizer(runtime)
                .quantize(
                        Path.of(settings.source()),
                        Path.of(settings.target()),
                        LlamaQuantizer.Type.valueOf(settings.type()),
                        settings.threads());
        Runtime.getRuntime().halt(0);
    }
}
