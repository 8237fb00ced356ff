package org.cartulary.compliance.bundle;

import java.io.IOException;

/** A file of a bundle, whose bytes are made when they are asked for: bundles are larger than memory. */
record BundleFile(String name, Content content) {

    @FunctionalInterface
    interface Content {
        byte[] bytes() throws IOException;
    }
}
