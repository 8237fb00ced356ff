package org.cartulary.retrieval.lexical;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.cartulary.retrieval.scope.Validity;
import org.jspecify.annotations.Nullable;

/** The fields of a passage in Lucene. The texts themselves stay in PostgreSQL. */
final class Fields {
    static final String PASSAGE = "passage";
    static final String DOCUMENT = "document";
    static final String MARKING = "marking";
    static final String SITE = "site";
    static final String FIELD = "field";
    static final String TITLE = "title";
    static final String HEADING = "heading";
    static final String TEXT = "text";

    /** No site is named so, since that is blank. */
    static final String EVERY_SITE = "";

    private Fields() {}

    static Term document(UUID document) {
        return new Term(DOCUMENT, document.toString());
    }

    /**
     * A passage as it is indexed.
     *
     * @param marking what its document bears
     * @param dated the day that its document is told by: when it became effective, else when it was added
     * @param site null where its document holds at every site
     */
    record Indexed(
            long passage,
            UUID document,
            long marking,
            Validity validity,
            LocalDate dated,
            @Nullable String site,
            Map<String, String> fields,
            String title,
            @Nullable String heading,
            String text) {}

    static Document of(Indexed passage) {
        Document fields = new Document();
        fields.add(new LongPoint(PASSAGE, passage.passage()));
        fields.add(new NumericDocValuesField(PASSAGE, passage.passage()));
        fields.add(new StringField(DOCUMENT, passage.document().toString(), Field.Store.NO));
        fields.add(new LongPoint(MARKING, passage.marking()));
        fields.add(new NumericDocValuesField(MARKING, passage.marking()));
        Days.add(fields, passage.validity(), passage.dated());
        fields.add(new StringField(SITE, passage.site() == null ? EVERY_SITE : passage.site(), Field.Store.NO));
        passage.fields()
                .forEach((name, value) -> fields.add(new StringField(FIELD, field(name, value), Field.Store.NO)));
        fields.add(new TextField(TITLE, passage.title(), Field.Store.NO));
        fields.add(new TextField(HEADING, passage.heading() == null ? "" : passage.heading(), Field.Store.NO));
        fields.add(new TextField(TEXT, passage.text(), Field.Store.NO));
        return fields;
    }

    /** Names hold no such sign. */
    static String field(String name, String value) {
        return name + "=" + value;
    }
}
