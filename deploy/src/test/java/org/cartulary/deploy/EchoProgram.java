package org.cartulary.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A program that prints what the launcher handed to it and exits with the code that its environment asks for. It is
 * put where the built jars lie, so that only the launcher is under test.
 */
final class EchoProgram {
    private static final String CHAT_MODEL = "9ee11adf737960ff06123d5c4fba24d12c5b05ba460a7afa88950fbf2b61add0";

    private EchoProgram() {}

    /** Prints arguments, home and demo folder, a line each; the command {@code setup} leaves a manifest instead. */
    public static void main(String... arguments) throws IOException {
        if (List.of(arguments).equals(List.of("setup"))) {
            leaveManifest(Path.of(System.getenv("CARTULARY_CACHE"), "models/copy"));
            return;
        }
        System.out.println("arguments=" + String.join("|", arguments));
        System.out.println("home=" + System.getenv("CARTULARY_HOME"));
        System.out.println("demo=" + System.getProperty("cartulary.demo"));
        System.out.println("vector="
                + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        System.exit(Integer.parseInt(System.getenv().getOrDefault("ECHO_EXIT_CODE", "0")));
    }

    private static void leaveManifest(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!System.getenv().containsKey("ECHO_LEAVES_NOTHING")) {
            Files.writeString(folder.resolve("manifest.json"), "{\"parent\" : \"" + CHAT_MODEL + "\"}");
        }
        System.err.println("copying the model");
    }

    /** Writes a jar whose main class is this one. */
    static void writeJar(Path jar) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, EchoProgram.class.getName());
        var entry = EchoProgram.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(jar.resolveSibling("."));
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var bytecode = EchoProgram.class.getResourceAsStream("EchoProgram.class")) {
            out.putNextEntry(new JarEntry(entry));
            if (bytecode != null) {
                bytecode.transferTo(out);
            }
        }
    }
}
