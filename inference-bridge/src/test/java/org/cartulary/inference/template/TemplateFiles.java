package org.cartulary.inference.template;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The public chat templates that the set-up of the tests puts into the cache, by the SHA-256 of their text. */
final class TemplateFiles {
    private static final ObjectMapper LITERALS = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .build();
    private static final Pattern FIELD = Pattern.compile("\\s*gguf: (\".*\"|'.*'),");

    private TemplateFiles() {}

    static Path directory() {
        return Path.of(System.getProperty("cartulary.cache", "/var/cache/cartulary"), "templates/public-1");
    }

    static Map<String, String> bySha256() throws IOException {
        Map<String, String> templates = new HashMap<>();
        try (Stream<Path> files = Files.list(directory().resolve("llama.cpp"))) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".jinja")).toList()) {
                add(templates, Files.readString(file));
            }
        }
        List<String> lines = Files.readAllLines(directory().resolve("ollama-utils/chat-template-automap.ts"));
        for (String line : lines) {
            Matcher field = FIELD.matcher(line);
            if (field.matches()) {
                add(templates, LITERALS.readValue(field.group(1), String.class));
            }
        }
        return templates;
    }

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Map<String, String> templates, String text) {
        templates.put(sha256(text), text);
    }
}
