"""Every rule by its name: what it reads, an example, and something near it that it must leave alone.

The examples are invented; what is said stands between ``⟨`` and ``⟩``. ``tests/extraction/test_rules.py`` holds
each rule to its two examples, and ``quotes evaluate --by rule`` measures it on annotated articles.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """A rule for people to read, and how sure it is."""

    reads: str
    """What construction it reads."""
    example: str
    unlike: str
    """A text in which it must find nothing."""
    sureness: float | None = None
    """The confidence of what it finds; None where each reading is scored by itself.

    It is the rule's end-to-end precision on the training part of PolNeAR, as ``quotes evaluate --by rule``
    prints it; but a judgement where that corpus has too few or another convention: it joins what goes on to the
    quote before, names a source for every quote, leaves out quotes within quotes, and annotates turns and tweets
    seldom as a whole (``block-quote``, ``continues``, ``nested``, ``quote-name-line``, ``sentence-before``,
    ``transcript``, ``tweet``, ``unattributed``).
    """


RULES: dict[str, Rule] = {
    "quote-subject-verb": Rule(
        "a passage, and behind it who said it: “…,” X said",
        "⟨“The ferry is late,”⟩ Rosa Velin said. ⟨“It always is.”⟩",
        "“Salt Road,” the ferry, sailed, and Rosa Velin slept.",
        0.95,
    ),
    "quote-verb-subject": Rule(
        "the same with the verb first: “…,” said X",
        "⟨“The ferry is late,”⟩ said Rosa Velin, a pilot.",
        "“Salt Road” was the ferry that Rosa Velin steered.",
        0.96,
    ),
    "subject-verb-quote": Rule(
        "who said it before the passage: X said: “…”, X told Y, “…”, and X called for “…”",
        "Rosa Velin told the harbour board: ⟨“The ferry is late.”⟩",
        "Rosa Velin steered the ferry “Salt Road” home.",
        0.78,
    ),
    "quote-according-to": Rule(
        "a passage and its source behind “according to”",
        "⟨“The ferry is late,”⟩ according to Rosa Velin.",
        "According to plan, the “Salt Road” sailed.",
        0.75,
    ),
    "quote-dash-name": Rule(
        "a passage, a dash and a name",
        "⟨“The ferry is always late.”⟩ — Rosa Velin",
        "“The ferry is always late.” — and it was.",
        0.8,
    ),
    "name-colon-quote": Rule(
        "a name, a colon and a passage",
        "Rosa Velin: ⟨“The ferry is late again.”⟩",
        "The notice: “Salt Road”.",
        0.9,
    ),
    "subject-colon-quote": Rule(
        "a clause about somebody, a colon and a passage: X was more blunt: “…”",
        "Rosa Velin was more blunt: ⟨“The ferry is late again.”⟩",
        "Rosa Velin owned a ferry: “Salt Road”.",
        0.7,
    ),
    "introduced-quote": Rule(
        "a paragraph that ends with a cue and a colon, and the passage in the next",
        "Rosa Velin said of the crossing:\n\n⟨“The ferry is late, and the harbour board knows why.”⟩",
        "There were two of them:\n\n“Salt Road” and “Harbour Nights”.",
        0.83,
    ),
    "block-quote": Rule(
        "a paragraph without marks behind one that ends with a plain verb of saying and a colon",
        "The harbour board wrote in a letter:\n\n⟨The ferry is late, and the board regrets it very much.⟩",
        "The harbour board wrote three letters:\n\nSalt Road, Harbour Nights and Long Pier.",
        0.6,
    ),
    "headline": Rule(
        "a headline with a name and a colon before or behind what is said: Velin: …, …: Velin, “…”: mayor …",
        "Velin: ⟨The ferry will sail again⟩\n\nRosa Velin spoke at the pier on Monday.",
        "Weather: The wind will turn again\n\nRosa Velin spoke at the pier on Monday.",
        0.87,
    ),
    "quote-name-line": Rule(
        "a passage by itself, and who said it in the next line",
        "⟨“The ferry is late again, and nobody is sorry.”⟩\nRosa Velin, pilot",
        "“The ferry is late again, and nobody is sorry.”\nThe ferry sailed on",
        0.7,
    ),
    "tweet": Rule(
        "a tweet pasted in, with its author’s name or handle",
        "The pilot was angry.\n\n@rosavelin: ⟨The ferry is late again.⟩\n\nThe board was silent.",
        "The pilot was angry.\n\nWrite to pilot@harbour.example: the ferry is late.",
        0.7,
    ),
    "transcript": Rule(
        "a turn of an interview or a debate that is printed with the name of who speaks",
        "VELIN: ⟨The ferry is late.⟩\n\nMODERATOR: ⟨Why?⟩\n\nVELIN: ⟨The wind.⟩\n\nMODERATOR: ⟨Thank you.⟩",
        "WARNING: The ferry is late.",
        0.7,
    ),
    "continues": Rule(
        "a passage without a cue that goes on from the quote before",
        "“The ferry is late,” Rosa Velin said.\n\n⟨“The harbour board knows why, and it does nothing.”⟩",
        "“The ferry is late,” Rosa Velin said.\n\nThe “Salt Road” came in at noon.",
        0.7,
    ),
    "sentence-before": Rule(
        "a passage without a cue behind a sentence about somebody, who is taken to speak",
        "Rosa Velin shook her head. ⟨“The ferry is late again.”⟩",
        "The ferry came in. Its name is “Salt Road”.",
        0.4,
    ),
    "unattributed": Rule(
        "a long passage by itself of which the text does not say who said it",
        "⟨“The ferry is late, and the harbour board knows why, and it has done nothing about it for years.”⟩",
        "“Salt Road”",
        0.4,
    ),
    "nested": Rule(
        "a passage inside another, which is kept with the quote that it is part of",
        "“The board told me ⟨‘the ferry is never late’⟩ and laughed,” Rosa Velin said.",
        "“The ferry isn’t late, it’s early,” Rosa Velin said.",
        0.5,
    ),
    "that-clause": Rule(
        "a verb and “that”: X said that …, X told Y that …, and Y was told that …",
        "Rosa Velin told the board ⟨that the ferry was late⟩.",
        "Rosa Velin steered the ferry that was late.",
    ),
    "bare-clause": Rule(
        "a verb and a clause without “that”",
        "Rosa Velin said ⟨the ferry was late⟩.",
        "Rosa Velin saw the ferry, which was late.",
    ),
    "question-clause": Rule(
        "a verb and an indirect question: X asked whether …, X explained why …",
        "Rosa Velin asked ⟨whether the ferry was late⟩.",
        "Rosa Velin slept where the ferry lay.",
    ),
    "infinitive": Rule(
        "a verb of promising, wishing or declining and its infinitive",
        "Rosa Velin promised ⟨to mend the ferry⟩.",
        "Rosa Velin ran to catch the ferry.",
    ),
    "gerund": Rule(
        "a verb and an -ing form: X denied …ing",
        "Rosa Velin proposed ⟨selling the ferry⟩.",
        "Rosa Velin went sailing.",
    ),
    "about": Rule(
        "a verb and what is said behind its preposition: X called for …, X accused Y of …",
        "Rosa Velin called for ⟨a new ferry⟩.",
        "Rosa Velin sailed for an hour.",
    ),
    "object": Rule(
        "a verb and its object, which tells what was said, thought or supported",
        "Rosa Velin criticised ⟨the harbour board’s plan⟩.",
        "Rosa Velin painted the ferry.",
    ),
    "light-verb": Rule(
        "a verb that says something with its noun only: X put the blame on …, X offered an explanation",
        "Rosa Velin put ⟨the blame on the harbour board⟩.",
        "Rosa Velin put the rope on the deck.",
    ),
    "named": Rule(
        "what somebody calls a thing: X called Y “…”, X described Y as …, and Y was described as … by X",
        "Rosa Velin called ⟨the ferry “a floating coffin”⟩.",
        "Rosa Velin moored a ferry called “Salt Road”.",
    ),
    "named-relative": Rule(
        "the same in a relative clause: Y, which X called …, what X described as …",
        "The board bought a ferry that sailors have called ⟨a floating coffin⟩.",
        "The board bought a ferry that sailors have steered.",
    ),
    "clause-subject-verb": Rule(
        "a clause, and behind it who said so: …, X said",
        "⟨The ferry was late⟩, Rosa Velin said.",
        "When the ferry was late, Rosa Velin slept.",
    ),
    "as-clause": Rule(
        "a clause behind who said so: As X said, …",
        "As Rosa Velin noted, ⟨the ferry was late⟩.",
        "As Rosa Velin slept, the ferry was late.",
    ),
    "clause-verb-subject": Rule(
        "the same with the verb first: …, said X",
        "⟨The ferry was late⟩, said Rosa Velin.",
        "The ferry was late, and so was Rosa Velin.",
    ),
    "according-to": Rule(
        "“according to X”, before a clause or behind it",
        "⟨The ferry was late⟩, according to Rosa Velin.",
        "The ferry sailed according to plan.",
    ),
    "raising": Rule(
        "what is said of somebody by nobody named: Y is said to …, Y seems to …",
        "⟨The ferry⟩ is said ⟨to be late⟩.",
        "The ferry is moored to be mended.",
    ),
    "state-clause": Rule(
        "a state of mind and a clause: X is convinced that …",
        "Rosa Velin is convinced ⟨that the ferry is late⟩.",
        "The ferry is moored where it is late.",
    ),
    "noun-clause": Rule(
        "a noun of saying and a clause: X’s claim that …",
        "Rosa Velin’s claim ⟨that the ferry was late⟩ was denied.",
        "The rope that the ferry needed was short.",
    ),
    "noun-infinitive": Rule(
        "a noun or adjective of wishing and an infinitive: X’s promise to …, X is eager to …",
        "Voters are eager ⟨to sell the ferry⟩.",
        "Rosa Velin’s ferry to the island was late.",
    ),
    "noun-about": Rule(
        "a noun of saying and its preposition: X’s criticism of …, X is critical of …",
        "Rosa Velin was critical of ⟨the harbour board⟩.",
        "Rosa Velin was captain of the ferry.",
    ),
}

SURENESS: dict[str, float] = {name: rule.sureness for name, rule in RULES.items() if rule.sureness is not None}
"""The confidence of what each rule finds that is not scored."""
