package org.cartulary.appliance.restore;

/** By what one of the two people shows who he is. */
public sealed interface Credential {
    /** As messages call it. */
    String name();

    /**
     * An API key.
     *
     * @param name of its file
     */
    record Key(String name, String text) implements Credential {
        @Override
        public String toString() {
            return "Key[" + name + "]";
        }
    }

    /**
     * A password and a code of an authenticator app.
     *
     * @param name by which he signs in
     */
    record Person(String name, String password, String code) implements Credential {
        @Override
        public String toString() {
            return "Person[" + name + "]";
        }
    }
}
