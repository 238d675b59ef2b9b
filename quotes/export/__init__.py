"""Rows out, one at a time, in the forms of others: what each module here makes is named below."""

from quotes.export.columns import COLUMNS, QUOTE_COLUMNS, SPEAKER_COLUMNS, Column, column_objects
from quotes.export.folders import FolderFormat, annotation_objects, file_name, write_annotations
from quotes.export.lines import Format, write
from quotes.export.linked import linked_articles, write_linked
from quotes.export.objects import article_object, article_text, cell, quote_object, quote_text, speaker_object
from quotes.export.parquet import quote_schema, write_parquet
from quotes.export.popolo import popolo_objects, write_popolo
from quotes.export.rows import quote_rows

__all__ = [
    "COLUMNS",
    "QUOTE_COLUMNS",
    "SPEAKER_COLUMNS",
    "Column",
    "FolderFormat",
    "Format",
    "annotation_objects",
    "article_object",
    "article_text",
    "cell",
    "column_objects",
    "file_name",
    "linked_articles",
    "popolo_objects",
    "quote_object",
    "quote_rows",
    "quote_schema",
    "quote_text",
    "speaker_object",
    "write",
    "write_annotations",
    "write_linked",
    "write_parquet",
    "write_popolo",
]
