package org.cartulary.ingest.structure;

/** Which of Tika's {@code div} classes begins a page, slide or sheet, by format. */
enum PageClasses {
    PDF,
    SLIDES,
    SHEETS,
    NONE;

    boolean starts(String kind) {
        return switch (this) {
            case PDF -> kind.equals("page");
            case SLIDES -> kind.equals("slide-content");
            case SHEETS -> kind.equals("sheet") || kind.equals("page");
            case NONE -> false;
        };
    }

    static PageClasses of(String mediaType) {
        if (mediaType.equals("application/pdf")) {
            return PDF;
        }
        if (mediaType.contains("presentation") || mediaType.contains("powerpoint")) {
            return SLIDES;
        }
        if (mediaType.contains("spreadsheet") || mediaType.contains("excel")) {
            return SHEETS;
        }
        return NONE;
    }
}
