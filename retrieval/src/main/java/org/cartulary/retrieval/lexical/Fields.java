package org.cartulary.retrieval.lexical;

import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.jspecify.annotations.Nullable;

/** The fields of a passage in Lucene. The texts themselves stay in PostgreSQL. */
final class Fields {
    static final String PASSAGE = "passage";
    static final String DOCUMENT = "document";
    static final String MARKING = "marking";
    static final String TITLE = "title";
    static final String HEADING = "heading";
    static final String TEXT = "text";

    private Fields() {}

    static Term document(UUID document) {
        return new Term(DOCUMENT, document.toString());
    }

    static Document of(long passage, UUID document, long marking, String title, @Nullable String heading, String text) {
        Document fields = new Document();
        fields.add(new LongPoint(PASSAGE, passage));
        fields.add(new NumericDocValuesField(PASSAGE, passage));
        fields.add(new StringField(DOCUMENT, document.toString(), Field.Store.NO));
        fields.add(new LongPoint(MARKING, marking));
        fields.add(new TextField(TITLE, title, Field.Store.NO));
        fields.add(new TextField(HEADING, heading == null ? "" : heading, Field.Store.NO));
        fields.add(new TextField(TEXT, text, Field.Store.NO));
        return fields;
    }
}
