"""Every error raised on purpose. Each says what happened and what to do about it."""


class QuotesError(Exception):
    """The family: catch this to catch all. ``cause`` says what is wrong, ``remedy`` what helps."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause, remedy)
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.cause}; {self.remedy}"


class InputError(QuotesError):
    """An article, annotation or seed file cannot be read as what it claims to be."""


class ArticleConflictError(InputError):
    """An article has the id of another one that is already there, but not its text."""


class DatabaseError(QuotesError):
    """The database cannot be used as asked."""


class NotADatabaseError(DatabaseError):
    """The file is not a SQLite database, or the URL names none that is supported."""


class ForeignDatabaseError(DatabaseError):
    """The database belongs to another program; it is never written to."""


class SchemaVersionError(DatabaseError):
    """The database's schema is newer than this program, or older and not to be upgraded here."""


class DatabaseBusyError(DatabaseError):
    """Another process holds the write lock."""


class ReadOnlyError(DatabaseError):
    """The database, or the disk it is on, takes no writing (read-only, or full)."""


class NotFoundError(QuotesError):
    """No speaker, quote, article or role is known by what was given."""


class AmbiguousNameError(QuotesError):
    """Several are known by the name that was given."""


class InvalidValueError(QuotesError):
    """An argument has no meaning here: an unknown kind, an impossible date, a span outside the text."""


class ReviewConflictError(QuotesError):
    """Somebody else has decided on the quote since it was read: the message says who, when and what."""


class SearchSyntaxError(InvalidValueError):
    """A raw full-text expression that SQLite does not accept."""


class QueryError(QuotesError):
    """SQL that SQLite does not accept, or that does more than read."""


class JudgementConflictError(QuotesError):
    """A judgement about two speakers contradicts others that hold, or repeats one."""
