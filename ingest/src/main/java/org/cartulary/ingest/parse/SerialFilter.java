package org.cartulary.ingest.parse;

import java.io.ObjectInputFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tika's client reads Java objects from a process that has read hostile files. This filter lets in Tika's own values and
 * plain collections, and nothing else, anywhere in this JVM: the appliance uses Java serialisation for nothing else.
 */
final class SerialFilter {
    private static final Logger LOG = LoggerFactory.getLogger(SerialFilter.class);
    private static final String ALLOWED = String.join(
            ";",
            "maxdepth=20",
            "maxrefs=2000000",
            "org.apache.tika.metadata.*",
            "org.apache.tika.metadata.writefilter.*",
            "org.apache.tika.pipes.emitter.EmitData",
            "org.apache.tika.pipes.emitter.EmitKey",
            "org.apache.tika.parser.ParseContext",
            "java.lang.*",
            "java.util.*",
            "java.util.concurrent.*",
            "!*");

    private SerialFilter() {}

    static synchronized void install() {
        ObjectInputFilter present = ObjectInputFilter.Config.getSerialFilter();
        if (present == null) {
            ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter(ALLOWED));
        } else if (!present.toString().equals(ALLOWED)) {
            LOG.info("A serial filter is set for this JVM already and stays: {}", present);
        }
    }
}
