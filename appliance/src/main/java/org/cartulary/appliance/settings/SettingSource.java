package org.cartulary.appliance.settings;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where settings come from, by name. */
public final class SettingSource {
    private final Function<String, @Nullable String> values;

    public SettingSource(Function<String, @Nullable String> values) {
        this.values = values;
    }

    String text(String name, String standard) {
        String value = values.apply(name);
        return value == null ? standard : value;
    }

    long number(String name, long standard, long least, long most) {
        String value = values.apply(name);
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
