"""Questions and changes in domain words; never commits."""

from sqlalchemy.orm import Session


class Repository:
    """Stub."""

    def __init__(self, session: Session) -> None:
        self.session = session
