package org.cartulary.appliance.settings;

import java.nio.file.Path;

/** Where set-up keeps what it fetched and built; the launcher's default, so that both agree without a word. */
final class CacheDirectory {
    private CacheDirectory() {}

    static String standard() {
        String named = System.getenv("CARTULARY_CACHE");
        if (named != null && !named.isBlank()) {
            return named;
        }
        if ("root".equals(System.getProperty("user.name"))) {
            return "/var/cache/cartulary";
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        return xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "cartulary")
                        .toString()
                : Path.of(xdg, "cartulary").toString();
    }
}
