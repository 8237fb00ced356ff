#!/bin/sh
# Makes deploy/demo/documents from deploy/demo/source. Needed only by those who change the corpus:
# the documents are committed. The two HTML documents are their own source and are changed in place.
# Wants LibreOffice (Writer and Calc), Python 3 and the Liberation fonts.
# The text is reproducible; PDF, DOCX and XLSX carry the time at which they were made.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$here/source
documents=$here/documents

for tool in soffice python3; do
    command -v "$tool" >/dev/null || { echo "make.sh: $tool is missing; install libreoffice-writer, libreoffice-calc and python3" >&2; exit 1; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# convert SOURCE FILTER-IN FORMAT:FILTER-OUT FOLDER
convert() {
    soffice -env:UserInstallation="file://$work/profile" --headless --infilter="$2" \
        --convert-to "$3" --outdir "$4" "$1" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    name=$(basename "$1"); made=$4/${name%.*}.${3%%:*}
    [ -s "$made" ] || { echo "make.sh: LibreOffice did not make $made" >&2; cat "$work/log" >&2; exit 1; }
}

# Writer takes borders from the attributes of a table only, so they are put in here and the sources stay clean.
prepare() {
    mkdir -p "$work/$(dirname "$1")"
    cp "$source/print.css" "$work/"
    sed -E -e 's|^<tr>((<th>[^<]*</th>){2,})</tr>$|<thead><tr>\1</tr></thead>|' \
        -e 's|<table>|<table border="1" bordercolor="#8a97a3" cellspacing="0" cellpadding="4" width="100%">|' \
        -e 's|<table class="facts">|<table border="1" bordercolor="#8a97a3" cellspacing="0" cellpadding="4">|' \
        "$source/$1" >"$work/$1"
}

pdf() {
    prepare "$1.html"
    convert "$work/$1.html" "HTML (StarWriter)" \
        'pdf:writer_web_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"true"}}' \
        "$documents/$(dirname "$1")"
}

docx() {
    prepare "$1.html"
    # By way of ODT: straight from HTML, Writer leaves the footer out.
    convert "$work/$1.html" "HTML (StarWriter)" 'odt:writer8' "$work/odt"
    convert "$work/odt/$(basename "$1").odt" "writer8" 'docx:MS Word 2007 XML' "$documents/$(dirname "$1")"
}

xlsx() {
    mkdir -p "$work/sheets"
    python3 "$source/sheets_to_fods.py" "$source/$1" >"$work/sheets/$(basename "$1").fods"
    convert "$work/sheets/$(basename "$1").fods" "OpenDocument Spreadsheet Flat XML" 'xlsx:Calc MS Excel 2007 XML' "$documents/$(dirname "$1")"
}

mkdir -p "$documents/saint-alder" "$documents/marrowby" "$work/odt"
pdf saint-alder/formulary
pdf saint-alder/infection-control
docx saint-alder/discharge
docx saint-alder/medicines-storage
# Mail has lines that end in CR LF.
sed 's/$/\r/' "$source/saint-alder/ward-6-outbreak-notice.eml" >"$documents/saint-alder/ward-6-outbreak-notice.eml"
pdf marrowby/fee-schedule
pdf marrowby/building-permits
docx marrowby/records-retention-schedule
docx marrowby/freedom-of-information
xlsx marrowby/facility-hire-rates
ls -l "$documents"/*
