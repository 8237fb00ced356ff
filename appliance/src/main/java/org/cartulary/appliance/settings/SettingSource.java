package org.cartulary.appliance.settings;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where settings come from, by name. */
public final class SettingSource {
    private final Function<String, @Nullable String> values;
    private final Set<String> asked = new TreeSet<>();

    public SettingSource(Function<String, @Nullable String> values) {
        this.values = values;
    }

    /** The names of all settings that were asked for. */
    Set<String> asked() {
        return Collections.unmodifiableSet(asked);
    }

    private @Nullable String value(String name) {
        asked.add(name);
        return values.apply(name);
    }

    String text(String name, String standard) {
        String value = value(name);
        return value == null ? standard : value;
    }

    long number(String name, long standard, long least, long most) {
        String value = value(name);
        if (value == null) {
            return standard;
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new SettingRefused(name + " is \"" + value + "\", but a whole number is needed.");
        }
        throw new SettingRefused(name + " is " + value + ", but must lie in " + least + " to " + most + ".");
    }
}
