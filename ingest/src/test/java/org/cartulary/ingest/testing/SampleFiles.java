package org.cartulary.ingest.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Small real files, made on the spot. */
public final class SampleFiles {
    private SampleFiles() {}

    /** Pages of lines, the first of each in large type. */
    public static Path pdf(Path file, List<List<String>> pages) throws IOException {
        try (PDDocument document = new PDDocument()) {
            write(document, pages);
            document.save(file.toFile());
        }
        return file;
    }

    public static Path encryptedPdf(Path file) throws IOException {
        try (PDDocument document = new PDDocument()) {
            write(document, List.of(List.of("Secret")));
            document.protect(new StandardProtectionPolicy("owner", "reader", new AccessPermission()));
            document.save(file.toFile());
        }
        return file;
    }

    /** A PDF whose one page shows nothing that is text. */
    public static Path pdfWithoutText(Path file) throws IOException {
        try (PDDocument document = new PDDocument()) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.addRect(100, 100, 200, 200);
                content.fill();
            }
            document.save(file.toFile());
        }
        return file;
    }

    private static void write(PDDocument document, List<List<String>> pages) throws IOException {
        for (List<String> lines : pages) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.newLineAtOffset(72, 720);
                for (int i = 0; i < lines.size(); i++) {
                    content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), i == 0 ? 16 : 11);
                    content.showText(lines.get(i));
                    content.newLineAtOffset(0, i == 0 ? -40 : -14);
                }
                content.endText();
            }
        }
    }

    public static Path docx(Path file, String heading, String... paragraphs) throws IOException {
        try (XWPFDocument document = new XWPFDocument();
                OutputStream out = Files.newOutputStream(file)) {
            var title = document.createParagraph().createRun();
            title.setBold(true);
            title.setText(heading);
            for (String paragraph : paragraphs) {
                document.createParagraph().createRun().setText(paragraph);
            }
            document.write(out);
        }
        return file;
    }

    public static Path xlsx(Path file, String sheet, List<List<String>> rows) throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook();
                OutputStream out = Files.newOutputStream(file)) {
            var page = book.createSheet(sheet);
            for (List<String> cells : rows) {
                var row = page.createRow(page.getPhysicalNumberOfRows());
                for (String cell : cells) {
                    row.createCell(Math.max(0, row.getLastCellNum())).setCellValue(cell);
                }
            }
            book.write(out);
        }
        return file;
    }

    /** Slides of text boxes, the first of each its title. */
    public static Path pptx(Path file, List<List<String>> slides) throws IOException {
        try (XMLSlideShow show = new XMLSlideShow();
                OutputStream out = Files.newOutputStream(file)) {
            for (List<String> texts : slides) {
                XSLFSlide slide = show.createSlide();
                for (String text : texts) {
                    XSLFTextBox box = slide.createTextBox();
                    box.setText(text);
                }
            }
            show.write(out);
        }
        return file;
    }

    public static Path zip(Path file, String name, byte[] content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return file;
    }

    /** An archive of a few hundred KB that unpacks to that many MB. */
    public static Path bomb(Path file, int megabytes) throws IOException {
        byte[] megabyte = "a".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("bomb.txt"));
            for (int i = 0; i < megabytes; i++) {
                zip.write(megabyte);
            }
        }
        return file;
    }

    /** Archives within archives. */
    public static Path nest(Path file, int levels) throws IOException {
        byte[] content = "the core".getBytes(StandardCharsets.US_ASCII);
        String name = "core.txt";
        for (int i = 0; i < levels; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content);
            }
            content = out.toByteArray();
            name = "level" + i + ".zip";
        }
        return Files.write(file, content);
    }

    public static Path text(Path file, String text) throws IOException {
        return Files.writeString(file, text);
    }

    public static Path hostile(Path directory, String command) throws IOException {
        return Files.writeString(
                directory.resolve(
                        command.replaceAll("\\W", "-").substring(0, Math.min(20, command.length())) + ".hostile"),
                "HOSTILE " + command);
    }
}
