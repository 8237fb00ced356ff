package org.cartulary.appliance.settings;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.cartulary.appliance.home.OwnerOnlyFile;

/** The one configuration file, {@code cartulary.yml}: written at first start with every setting named and commented out. */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /** Of the listener, which the framework reads by itself. */
    private static final Set<String> LISTENING = Set.of("cartulary.http.host", "cartulary.http.port");

    /**
     * The settings of a file, which environment variables override, by their whole names.
     *
     * @throws SettingRefused where it is no YAML
     */
    public static PropertySource read(Path file) {
        try (InputStream yaml = Files.newInputStream(file)) {
            Map<String, Object> settings = new YamlPropertySourceLoader().read(file.toString(), yaml);
            return PropertySource.of(file.toString(), settings, YamlPropertySourceLoader.DEFAULT_POSITION);
        } catch (IOException | RuntimeException e) {
            throw new SettingRefused("The configuration file " + file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * The settings of an environment that has a file among its sources.
     *
     * @throws SettingRefused where a value is outside its limits, or the file names a setting that there is not: what is
     *     misspelt would count for nothing, unseen
     */
    public static Settings settings(PropertySource file, Environment environment) {
        SettingSource source = new SettingSource(
                name -> environment.getProperty(name, String.class).orElse(null));
        Settings settings = Settings.from(source);
        for (String name : file) {
            if (!source.asked().contains(name) && !LISTENING.contains(name)) {
                throw new SettingRefused(
                        "The configuration file " + file.getName() + " names " + name
                                + ", which is no setting: correct it or take it out. A new home gets a file that names them all.");
            }
        }
        return settings;
    }

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
