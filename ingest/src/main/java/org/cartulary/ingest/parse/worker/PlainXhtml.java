package org.cartulary.ingest.parse.worker;

import java.util.Set;
import org.apache.tika.sax.ContentHandlerDecorator;
import org.xml.sax.Attributes;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Makes Tika's output well-formed XML without surprises: no head, no attributes but {@code class}, no attribute twice (as
 * the EPUB parser gives them), no character that XML forbids.
 */
final class PlainXhtml extends ContentHandlerDecorator {
    private static final Set<String> DROPPED = Set.of("head", "script", "style", "noscript", "template", "svg");
    private final boolean tooDeep;
    private int droppedDepth;

    PlainXhtml(ContentHandler handler, boolean tooDeep) {
        super(handler);
        this.tooDeep = tooDeep;
    }

    @Override
    public void startDocument() throws SAXException {
        if (tooDeep) {
            throw new SAXException("Embedded too deeply");
        }
        super.startDocument();
    }

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) throws SAXException {
        if (droppedDepth > 0 || DROPPED.contains(localName)) {
            droppedDepth++;
            return;
        }
        AttributesImpl kept = new AttributesImpl();
        String kind = attributes.getValue("class");
        if (kind != null) {
            kept.addAttribute("", "class", "class", "CDATA", clean(kind));
        }
        super.startElement(uri, localName, name, kept);
    }

    @Override
    public void endElement(String uri, String localName, String name) throws SAXException {
        if (droppedDepth > 0) {
            droppedDepth--;
            return;
        }
        super.endElement(uri, localName, name);
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        if (droppedDepth == 0) {
            char[] cleaned = clean(new String(characters, start, length)).toCharArray();
            super.characters(cleaned, 0, cleaned.length);
        }
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) throws SAXException {
        characters(characters, start, length);
    }

    /** XML 1.0, section 2.2; surrogates pass here and are paired or replaced by the serialiser's decoder. */
    private static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed = c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c < 0xFFFE);
            cleaned.append(allowed ? c : ' ');
        }
        return cleaned.toString();
    }
}
