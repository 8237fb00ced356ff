package org.cartulary.ingest.parse;

import java.nio.file.Path;
import org.cartulary.ingest.parse.worker.ArchiveRatioFetcher;
import org.cartulary.ingest.parse.worker.PlainXhtmlFactory;

/**
 * The Tika configuration of a parser process. Nothing that starts programs (external parsers, Tesseract), renders or
 * decodes images, or follows XFA; executable files have no parser and end as unsupported.
 */
final class TikaConfiguration {
    static final String FETCHER = "work";
    /** Nested tables and quoted mail go beyond Tika's 100 levels. */
    private static final int MAX_XML_DEPTH = 500;

    private static final int MAX_METADATA_BYTES = 1_000_000;

    private TikaConfiguration() {}

    /** @param inbox the only directory that files are fetched from */
    static String xml(ParserLimits limits, Path inbox) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <properties>
                  <service-loader initializableProblemHandler="ignore"/>
                  <autoDetectParserConfig>
                    <params>
                      <outputThreshold>1000000</outputThreshold>
                      <maximumCompressionRatio>%1$d</maximumCompressionRatio>
                      <maximumDepth>%2$d</maximumDepth>
                      <maximumPackageEntryDepth>%3$d</maximumPackageEntryDepth>
                    </params>
                    <contentHandlerDecoratorFactory class="%4$s"/>
                    <metadataWriteFilterFactory class="org.apache.tika.metadata.writefilter.StandardWriteFilterFactory">
                      <params>
                        <maxTotalEstimatedBytes>%5$d</maxTotalEstimatedBytes>
                        <maxFieldSize>20000</maxFieldSize>
                        <maxValuesPerField>100</maxValuesPerField>
                      </params>
                    </metadataWriteFilterFactory>
                  </autoDetectParserConfig>
                  <parsers>
                    <parser class="org.apache.tika.parser.DefaultParser">
                      <parser-exclude class="org.apache.tika.parser.external.CompositeExternalParser"/>
                      <parser-exclude class="org.apache.tika.parser.ocr.TesseractOCRParser"/>
                      <parser-exclude class="org.apache.tika.parser.asm.ClassParser"/>
                      <parser-exclude class="org.apache.tika.parser.executable.ExecutableParser"/>
                      <parser-exclude class="org.apache.tika.parser.executable.UniversalExecutableParser"/>
                      <parser-exclude class="org.apache.tika.parser.pdf.PDFParser"/>
                    </parser>
                    <parser class="org.apache.tika.parser.pdf.PDFParser">
                      <params>
                        <param name="ocrStrategy" type="string">no_ocr</param>
                        <param name="extractInlineImages" type="bool">false</param>
                        <param name="extractActions" type="bool">false</param>
                        <param name="ifXFAExtractOnlyXFA" type="bool">false</param>
                        <param name="suppressDuplicateOverlappingText" type="bool">true</param>
                        <param name="sortByPosition" type="bool">false</param>
                        <param name="maxMainMemoryBytes" type="long">268435456</param>
                      </params>
                    </parser>
                  </parsers>
                  <fetchers>
                    <fetcher class="%6$s">
                      <params>
                        <name>%7$s</name>
                        <basePath>%8$s</basePath>
                        <maxRatio>%1$d</maxRatio>
                      </params>
                    </fetcher>
                  </fetchers>
                </properties>
                """.formatted(
                        limits.maxArchiveRatio(),
                        MAX_XML_DEPTH,
                        limits.maxEmbeddedDepth() + 2,
                        PlainXhtmlFactory.class.getName(),
                        MAX_METADATA_BYTES,
                        ArchiveRatioFetcher.class.getName(),
                        FETCHER,
                        escape(inbox.toString()));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
