"""Joins the CSV files of a folder into one flat OpenDocument spreadsheet, one sheet a file, for LibreOffice to convert.

Usage: sheets_to_fods.py FOLDER > workbook.fods
A sheet is named after its file without the leading number. The first row of each sheet is bold.
"""
import csv
import pathlib
import sys
from xml.sax.saxutils import escape, quoteattr

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:automatic-styles>
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="5.2cm"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>"""


def cell(value, bold):
    style = ' table:style-name="head"' if bold else ""
    number = value.replace(".", "", 1).isdigit()
    kind = f'office:value-type="float" office:value="{value}"' if number else 'office:value-type="string"'
    return f"<table:table-cell{style} {kind}><text:p>{escape(value)}</text:p></table:table-cell>"


def sheet(path):
    rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
    name = path.stem.split(" ", 1)[1]
    columns = max(len(row) for row in rows)
    print(f"<table:table table:name={quoteattr(name)}>")
    print(f'<table:table-column table:style-name="wide" table:number-columns-repeated="{columns}"/>')
    for index, row in enumerate(rows):
        print("<table:table-row>" + "".join(cell(value, index == 0) for value in row) + "</table:table-row>")
    print("</table:table>")


print(HEAD)
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    sheet(file)
print("</office:spreadsheet></office:body></office:document>")
