package org.cartulary.retrieval.lexical;

import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.cartulary.retrieval.identifier.Identifiers;
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
    /** Name of the analyser of its words. */
    static final String LANGUAGE = "language";
    /** One spelling of each identifier in it, see {@link Identifiers#keys}. */
    static final String IDENTIFIER = "identifier";
    /** What its document is called, see {@link DocumentNames}; on the document's first passage alone. */
    static final String NAME = "name";

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
     * @param ordinal its place in the document, from 0
     * @param language of the passage, ISO 639-1
     */
    record Indexed(
            long passage,
            UUID document,
            long marking,
            Validity validity,
            LocalDate dated,
            @Nullable String site,
            Map<String, String> fields,
            String path,
            int ordinal,
            String language,
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
        String heading = passage.heading() == null ? "" : passage.heading();
        fields.add(new StringField(LANGUAGE, Analysers.name(passage.language()), Field.Store.NO));
        fields.add(new AnalysedField(TITLE, passage.title(), passage.language()));
        fields.add(new AnalysedField(HEADING, heading, passage.language()));
        fields.add(new AnalysedField(TEXT, passage.text(), passage.language()));
        Identifiers.keys(passage.title(), passage.heading(), passage.text())
                .forEach(key -> fields.add(new StringField(IDENTIFIER, key, Field.Store.NO)));
        if (passage.ordinal() == 0) {
            DocumentNames.of(passage.title(), passage.path())
                    .forEach(name -> fields.add(new StringField(NAME, name, Field.Store.NO)));
        }
        return fields;
    }

    /** Names hold no such sign. */
    static String field(String name, String value) {
        return name + "=" + value;
    }
}
