package org.cartulary.appliance.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cartulary.appliance.home.OwnerOnlyFile;

/** The one configuration file: written at first start with every setting named and commented out. */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /** Writes the commented template where no file is. */
    public static void writeIfAbsent(Path file) {
        if (Files.exists(file)) {
            return;
        }
        try (InputStream template = ConfigurationFile.class.getResourceAsStream("/cartulary.yml")) {
            if (template == null) {
                throw new IllegalStateException("The template cartulary.yml is missing from the appliance's jar");
            }
            OwnerOnlyFile.write(file, new String(template.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration file " + file + " could not be written", e);
        }
    }
}
