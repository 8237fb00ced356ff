package org.cartulary.appliance.settings;

/** A setting that cannot be used; the message names it and what is possible. */
public final class SettingRefused extends RuntimeException {
    SettingRefused(String message) {
        super(message);
    }
}
