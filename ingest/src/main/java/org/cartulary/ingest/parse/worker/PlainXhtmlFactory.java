package org.cartulary.ingest.parse.worker;

import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.html.HtmlMapper;
import org.apache.tika.sax.ContentHandlerDecoratorFactory;
import org.xml.sax.ContentHandler;

/** Puts {@link PlainXhtml} before each part's output, and keeps the HTML elements that carry structure. */
public class PlainXhtmlFactory implements ContentHandlerDecoratorFactory {
    private static final int DEFAULT_DEPTH = 8;
    private static final int MAX_DEPTH = Integer.getInteger("cartulary.parser.maxEmbeddedDepth", DEFAULT_DEPTH);

    @Override
    public ContentHandler decorate(ContentHandler handler, Metadata metadata, ParseContext context) {
        context.set(HtmlMapper.class, StructuralHtml.INSTANCE);
        Integer depth = metadata.getInt(TikaCoreProperties.EMBEDDED_DEPTH);
        return new PlainXhtml(handler, depth != null && depth > MAX_DEPTH);
    }
}
