package org.cartulary.retrieval.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What does J01GB03 stand for? | atc:j01gb03",
                "package 0409-1966-02 of the drug | ndc:0409-1966-02",
                "PZN: 01234567 | pzn:01234567",
                "coded as E11.9 on discharge | icd:e11.9",
                "Az. 12 K 345/24 | file_number:12k345/24",
                "BGH IV ZR 123/20 | file_number:ivzr123/20",
                "file 2024-1187-B | file_number:2024-1187-b",
                "Akte 4711/2023 | file_number:4711/2023",
                "nach § 12 Abs. 3 Satz 2 | paragraph:12/3/2",
                "nach §12 (3) | paragraph:12/3",
                "paragraph 12(3) | paragraph:12/3",
                "Art. 6 Abs. 1 lit. f DSGVO | article:6/1/f",
                "Article 6(1)(f) GDPR | article:6/1/f",
                "see section 4.2.1 there | section:4.2.1",
                "Abschnitt 4.2 | section:4.2",
                "Tel. 030 / 1234-56 | phone:030123456",
                "call +49 30 123456 now | phone:4930123456",
                "in room B2.17 | room:b2.17",
                "Zimmer 204 | room:204",
                "version 4.2.1 of it | version:4.2.1",
                "form SOP-17-03 | code:sop-17-03"
            })
    void areFoundInOneSpelling(String text, String key) {
        assertThat(Identifiers.in(text)).extracting(Identifier::key).containsExactly(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10 mg 120/80 twice",
                "from 1998-2003 and 2023/2024",
                "on 2024-05-17 at 12:30",
                "IL-17 and GLP-1R and HIV-1 and SARS-CoV-2",
                "a dose of 4.2 to 5.9 mg",
                "the art of section work",
                "thrust vector control by fluid injection -dash papers"
            })
    void areNotSeenInOtherNumbers(String text) {
        assertThat(Identifiers.in(text)).isEmpty();
    }

    @Test
    void standForWhatTheyArePartOf() {
        assertThat(Identifiers.keys("Verordnung", "§ 12 Besuch", "(1) Immer.\n(3) Nur mit Ausweis."))
                .containsExactly("paragraph:12", "paragraph:12/1", "paragraph:12/3");
        assertThat(Identifiers.keys("Plan", "4 Hygiene > 4.2 Hände", "Siehe § 9 Abs. 1."))
                .containsExactly("paragraph:9", "paragraph:9/1", "section:4", "section:4.2");
    }
}
