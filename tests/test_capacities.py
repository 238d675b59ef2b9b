"""Roles in different words are recognised as one, and fields of activity tell namesakes apart."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.capacities import fields_conflict, fields_of, group_roles, normal_title, preferred_label, same_role
from quotes.extraction.results import Role
from quotes.extraction.words import pairs, terms
from quotes.text import fold


def listed(table: str) -> list[tuple[str, str]]:
    """Read lines of ``key: one; other``, which go on where a line is indented; a hyphen is the empty key."""
    lines = (line.partition(": ") for line in table.strip().replace("\n    ", " ").splitlines())
    return [(key.strip("-"), one) for key, _, many in lines for one in many.split("; ")]


ONE_TITLE = """
senator: Sen.; Sens.; Senator; senators; Republican senator; U.S. senator; U.S. Sen.; junior senator; GOP
    Sen.; Ohio Sen.; then-senator; outspoken two-term senator from Brandholm; New Jersey Sen.; 53-year-old
    senator; Texas senator
state senator: state Sen.; State senator; Iowa state senator
representative: Rep.; Reps.; congressman; Congresswoman; Democratic congresswoman from Ohio; U.S. Rep.; member
    of Congress
governor: Gov.; Govs.; governor of Ohio; New York Gov.; former governor; sitting governor
lieutenant governor: Lt. Gov.; lieutenant governor; Lt. Governor
spokesperson: spokesman; spokeswoman; spokesperson; Spokesmen; spokesman for the foundation; longtime
    spokeswoman
chair: chairman; chairwoman; chairperson; Chair; chairmen; acting chairman; interim chairwoman
vice chair: vice chairman; vice-chairwoman; vice chair
co-chair: co-chairman; cochair; co-chairwoman
campaign chair: campaign chairman; longtime campaign chairman
campaign manager: campaign manager; Velin’s campaign manager; Velin campaign manager; campaign manager of
    Velin
chief executive: CEO; C.E.O.; chief executive; chief executive officer
chief financial officer: CFO; chief financial officer
chief executive and president: president and CEO; chief executive officer and president
vice president: VP; V.P.; vice president; vice-president; Vice President
president: President; Pres.; U.S. president; French President; president of the United States; Ecuadorian
    President
prime minister: PM; prime minister; Israeli Prime Minister
member of parliament: MP; MPs; member of parliament
attorney general: AG; Atty. Gen.; attorney general; U.S. attorney general; attorneys general; Iowa Attorney
    General
district attorney: DA; D.A.; district attorney
united states attorney: U.S. attorney; United States attorney
lawyer: attorney; lawyer; attorney for the family; Los Angeles-based attorney; attorneys
general: Gen.; general; retired general; four-star general
lieutenant general: Lt. Gen.; lieutenant general
colonel: Col.; colonel
reverend: Rev.; Reverend; Most Rev.; Rt. Rev.
father: Fr.; Father
monsignor: Msgr.; Monsignor
doctor: Dr.; doctor; physician
professor: Prof.; professor; associate professor; assistant professor
law professor: law professor; professor of law
superintendent: Supt.; superintendent
secretary of state: secretary of state; Secretary of State; first-term secretary of state; Sec. of State
labor secretary: Labor Secretary; secretary of labor; Secretary of Labour; labour secretary
foreign minister: foreign minister; Turkish Foreign Minister; minister of foreign
communications director: communications director; director of communications; Communications Director
city manager: city manager; City Manager
manager: Manchester City manager
pitcher: St. Louis Cardinals pitcher
police chief: police chief; chief of police; Brandholm Police Chief
police officer: policeman; policewoman; police officer; cop
councillor: councilman; councilwoman; councilor; city council member; Cllr.
presidential candidate: presidential candidate; Republican presidential front-runner; candidate for president;
    White House hopeful; GOP presidential contender; presidential hopeful; long-shot presidential candidate
gubernatorial candidate: candidate for governor; gubernatorial candidate; gubernatorial hopeful
presidential nominee: presidential nominee; presumptive Democratic presidential nominee
press secretary: press secretary; White House press secretary; Press Secretary
majority leader: majority leader; Senate majority leader; Senate Majority Leader
actor: actor; actress; Oscar-winning actress; British actor
first lady: first lady; First Lady
editor in chief: editor in chief; editor-in-chief; Editor-in-Chief
"""
"""Titles by their normal form."""


@pytest.mark.parametrize(("normal", "title"), listed(ONE_TITLE))
def test_a_title_in_other_words(normal: str, title: str) -> None:
    assert normal_title(title) == normal
    assert normal_title(normal) == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vice president", "president"),
        ("deputy press secretary", "press secretary"),
        ("press secretary", "secretary"),
        ("co-chairman", "chairman"),
        ("vice chairman", "chairman"),
        ("assistant coach", "coach"),
        ("assistant secretary of state", "secretary of state"),
        ("minority leader", "leader"),
        ("minority leader", "majority leader"),
        ("first lady", "lady"),
        ("prime minister", "minister"),
        ("deputy prime minister", "prime minister"),
        ("attorney general", "attorney"),
        ("attorney general", "general"),
        ("district attorney", "attorney"),
        ("U.S. attorney", "attorney"),
        ("state senator", "senator"),
        ("state Rep.", "Rep."),
        ("lieutenant governor", "governor"),
        ("Lt. Gen.", "Lt."),
        ("major", "Maj. Gen."),
        ("secretary of state", "state secretary"),
        ("secretary general", "general"),
        ("co-founder", "founder"),
        ("presidential nominee", "presidential candidate"),
        ("vice presidential nominee", "presidential nominee"),
        ("senator", "candidate for the Senate"),
        ("associate editor", "editor"),
        ("general manager", "manager"),
        ("shadow chancellor", "chancellor"),
        ("student president", "president"),
        ("top press official", "president"),
    ],
)
def test_what_makes_another_office_stays(one: str, other: str) -> None:
    assert normal_title(one) != normal_title(other)
    assert not same_role(Role(one), Role(other))


def role(text: str) -> Role:
    """Read ``title | organization``."""
    title, _, organization = text.partition(" | ")
    return Role(title, organization or None)


SAME = """
Sen. = senator | U.S. Senate
Sen. = Republican senator | Texas
Texas Sen. = senator from Texas
Rep. = congresswoman | House of Representatives
Ohio Gov. = governor | Ohio
New York mayor = mayor of New York City
French President = president | France
president of the United States = U.S. President
spokeswoman | Velin campaign = spokesman for Velin
spokeswoman | Velin campaign = Velin campaign spokesman
spokesman for Rosa Velin = spokesman for Mrs. Velin
spokesman | Velin’s 2008 campaign = campaign spokesman
campaign manager | Velin = Velin’s campaign manager
campaign manager | Velin = manager | Velin campaign
campaign chairman = chairman | Rosa Velin's presidential campaign
adviser | President Rosa Velin = senior adviser to Velin
economic adviser to President Velin = adviser of Velin
press secretary | White House = White House Press Secretary
Majority Leader | Senate = Senate majority leader
Speaker = speaker | House
director | F.B.I. = Director | Federal Bureau of Investigation
chairman | RNC = Republican National Chairman
GOP chairman = chairman | Republican National Committee
director | Office of Budget and Planning = director | OBP
secretary | Treasury = Treasury Secretary
secretary | Labor Department = secretary of labor
spokesman | State Department = spokeswoman | Department of State
chairman | Judiciary Committee = chairwoman | Senate Judiciary Committee
columnist | Post = columnist | Brandholm Post
president | Acme = president | Acme Inc.
strategist | Chamber = strategist | U.S. Chamber of Commerce
editor | Brandholm News = editor | Brandholm
president = president and chief executive | Acme
chief executive | Acme = president and CEO | Acme
owner of the Brandholm Rovers = Brandholm Rovers owner
law professor = professor
four-star general = Gen.
Democrat from Ohio = Ohio Democrat
Gen. = Lt. Gen.
Justice = chief justice | Supreme Court
Secretary = secretary of state
Fire Department spokesman = spokesman | Fire Department
Bank of England governor = governor | Bank of England
House Intelligence Committee chairman = chair | House Intelligence Committee
Speaker of the House = House speaker
rector | university = rector | University of Brandholm
"""

APART = """
chairman | Acme = chairman | Brandholm Trust
senator from Ohio = senator from Texas
governor of Ohio = governor of Iowa
president of France = president | Acme
Majority Leader | Senate = Majority Leader | House
press secretary | White House = press secretary | House
spokesman for Velin = spokesman for Aster
law professor = history professor
rector | University of Washington = rector | Washington University
adviser to Velin = aide to Velin
deputy director | FBI = director | FBI
candidate = nominee
finance minister = foreign minister
chairman | Republican National Committee = chairman | Democratic National Committee
director | CIA = director | FBI
representative | Acme = representative | Brandholm Trust
spokesman | Velin Foundation = spokesman for Velin
"""


def split(table: str) -> list[list[str]]:
    return [line.split(" = ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("one", "other"), split(SAME))
def test_one_role_in_other_words(one: str, other: str) -> None:
    assert same_role(role(one), role(other))
    assert same_role(role(other), role(one))
    assert len(group_roles([role(one), role(other)])) == 1


@pytest.mark.parametrize(("one", "other"), split(APART))
def test_two_roles(one: str, other: str) -> None:
    assert not same_role(role(one), role(other))
    assert not same_role(role(other), role(one))
    assert group_roles([role(one), role(other)]) == [[0], [1]]


def test_the_status_makes_no_other_role() -> None:
    assert same_role(Role("governor", "Ohio", status="former"), Role("Ohio Gov."))


def test_a_role_that_may_be_either_of_two_stays_alone() -> None:
    roles = [
        role(text) for text in ("chairman | Acme", "chairman", "chair | Brandholm Trust", "chairman | Acme Inc.")
    ]
    assert group_roles(roles) == [[0, 3], [1], [2]]


def test_a_role_without_a_body_joins_the_only_one_that_has() -> None:
    roles = [role(text) for text in ("chairman", "chairman | Acme", "Chairman", "senator", "the Acme’s chairman")]
    assert group_roles(roles) == [[0, 1, 2, 4], [3]]


def test_a_career_is_grouped() -> None:
    career = """Sen.|U.S. senator|senator from New York|first lady|Secretary of State|former secretary of state
        |presidential candidate|Democratic front-runner|Democratic presidential nominee|presumptive nominee"""
    titles = [title.strip() for title in career.split("|")]
    groups = [{titles[at] for at in group} for group in group_roles([Role(title) for title in titles])]
    assert groups == [
        {"Sen.", "U.S. senator", "senator from New York"},
        {"first lady"},
        {"Secretary of State", "former secretary of state"},
        {"presidential candidate", "Democratic front-runner"},
        {"Democratic presidential nominee", "presumptive nominee"},
    ]


MANY = [role(text) for pair in split(SAME) + split(APART) for text in pair]


@given(st.lists(st.sampled_from(MANY), max_size=14), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order(roles: list[Role], chance: random.Random) -> None:
    order = list(range(len(roles)))
    chance.shuffle(order)
    shuffled = [[order[at] for at in group] for group in group_roles([roles[at] for at in order])]
    groups = group_roles(roles)
    assert {frozenset(group) for group in shuffled} == {frozenset(group) for group in groups}
    assert sorted(at for group in groups for at in group) == sorted(order)
    assert groups == sorted(sorted(group) for group in groups)
    assert all(same_role(roles[one], roles[other]) for group in groups for one, other in combinations(group, 2))


@given(st.lists(st.sampled_from(MANY), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_label_is_one_of_the_group_and_does_not_depend_on_the_order(
    roles: list[Role], chance: random.Random
) -> None:
    label = preferred_label(roles)
    assert label in {(one.title, one.organization) for one in roles}
    chance.shuffle(roles)
    assert preferred_label(roles) == label


@pytest.mark.parametrize(
    ("roles", "label"),
    [
        ("Sen.; senator of Texas; Senator; Republican senator", "senator of Texas"),
        ("Sen.; Senator", "Senator"),
        ("CEO | Acme; chief executive; chief executive | Acme", "chief executive | Acme"),
        ("spokesman; spokesman | Velin campaign; campaign spokesman", "spokesman | Velin campaign"),
        ("longtime outspoken adviser to Velin; adviser to Velin", "adviser to Velin"),
        ("chairman | RNC; chairman | Republican National Committee", "chairman | Republican National Committee"),
        ("adviser to Velin; economic adviser to Velin", "economic adviser to Velin"),
        ("Secretary of State; secretary of state", "secretary of state"),
        ("Enter President; President", "President"),
        ("“Brandholm Tonight,” host of; talk show host", "talk show host"),
        ("presidential hopeful; presidential candidate", "presidential candidate"),
        ("Judge; U.S. District Judge", "U.S. District Judge"),
        ("director | F.B.I.; Director | FBI; director", "director | F.B.I."),
    ],
)
def test_the_label_says_most_and_says_it_well(roles: str, label: str) -> None:
    chosen = role(label)
    assert preferred_label([role(text) for text in roles.split("; ")]) == (chosen.title, chosen.organization)


def test_no_role_has_no_label() -> None:
    with pytest.raises(ValueError):
        preferred_label([])


FIELDS = """
politics: senator; Sen.; Rep.; representative from Texas;
    Gov.; Ohio Gov.; President; U.S. president; president | France; chancellor | Germany;
    mayor; Cllr.; candidate; presidential nominee; state senator; Democratic strategist; GOP donor; chairman |
    Republican Party; spokeswoman | Velin campaign; speaker | House; House speaker;
    adviser to President Velin; adviser | Sen. Rosa Velin; pollster; prime minister; Labour MP;
    first lady; Chinese leader
government politics: official | White House; White House press secretary; secretary of state; Defense
    Secretary; secretary | Treasury; French finance minister
government: ambassador; envoy; undersecretary of defense; spokesman | State Department; director | CIA
law: Judge; attorney; lawyer; district attorney; U.S. attorney; Justice; federal prosecutor; general counsel |
    Acme
law politics: attorney general; Atty. Gen.
government law: inspector general
police: Sheriff; police chief; detective; captain | Brandholm Police Department; agent | FBI; Police
    Commissioner
military: Gen.; Lt. Gen.; Rear Admiral; Col.; soldier; captain | Army; Army Capt.; spokesman | Navy; Navy
    veteran
religion: bishop; rabbi; imam; pastor; Rev.; Most Rev.; Fr.; Father; Msgr.; Ven.;
    Sister | Order of Tarn; Pope; minister | Living Church of Brandholm; dean | Brandholm Cathedral;
    spokesman | Vatican
sport: coach; head coach; quarterback; striker; football player; captain | Brandholm FC; manager | Brandholm
    FC; baseball manager; goalkeeper; team captain
arts: actor; actress; singer; film director; novelist; music director; director | Brandholm Theater; comedian
media: reporter; editor | Brandholm Post; anchor; columnist; talk show host; producer | CNN; president | Fox
    News
business: CEO; chief executive | Acme; businessman; president | Acme Inc.; director | Brandholm Bank;
    entrepreneur; sales director; hedge fund manager
academia: professor; historian; economist; president | University of Brandholm; law professor; climate
    scientist; fellow | Brandholm College; teacher
academia health: Dr.; physician; psychologist
health: surgeon; nurse; neurosurgeon; director | Brandholm Hospital; team doctor
civic: voter; resident; mother of two;
    battalion chief | Brandholm Fire Department; mother; protester; retiree; truck driver;
    New Hampshire voter; retired farmer; climate
    activist
business politics: businessman and candidate for governor
-: representative | Acme; representative of the Brandholm Trust;
    president; Manchester City manager; Nobel laureate; member of the church;
    supporter | Brandholm FC; director; chairman;
    manager; captain; secretary; minister; executive director | Brandholm;
    official; author; general manager; member; spokesman; spokeswoman for Velin; founder; owner; head; chief;
    sotto voce; expert on Brandholm; president | Lena; vice president
"""
"""Roles by the fields in which they lie."""


@pytest.mark.parametrize(("fields", "text"), listed(FIELDS))
def test_the_fields_of_a_role(fields: str, text: str) -> None:
    one = role(text)
    assert " ".join(sorted(fields_of(one.title, one.organization))) == fields


CONFLICTS = """
senator = quarterback
senator = coach
candidate = singer
governor = bishop
judge = striker
rabbi = coach
actor = priest
general = film director
professor = quarterback
"""

COMPATIBLE = """
businessman = senator
Gen. = Defense Secretary
neurosurgeon = presidential candidate
attorney general = senator
reporter = press secretary
professor = senator
Sheriff = mayor
comedian = talk show host
novelist = columnist
actor = resident
pastor = community activist
coach = father
president = quarterback
senator = governor
businessman and mayor = striker and mayor
"""


@pytest.mark.parametrize(("one", "other"), split(CONFLICTS))
@pytest.mark.parametrize("strict", [False, True])
def test_fields_that_speak_against_one_person(one: str, other: str, *, strict: bool) -> None:
    first, second = fields_of(one, None), fields_of(other, None)
    assert fields_conflict(first, second, strict=strict)
    assert fields_conflict(second, first, strict=strict)


@pytest.mark.parametrize(("one", "other"), split(COMPATIBLE))
def test_fields_between_which_people_move(one: str, other: str) -> None:
    first, second = fields_of(one, None), fields_of(other, None)
    assert not fields_conflict(first, second)
    assert not fields_conflict(second, first)


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("Sen.", "coach", True),
        ("Judge", "Sheriff", True),
        ("Sen.", "Dr.", True),
        ("Gen.", "Rev.", True),
        ("Sen.", "truck driver", True),
        ("Sen.", "Gov.", False),
        ("Sen.", "Secretary of State", False),
        ("Sen.", "attorney general", False),
        ("Sen.", "captain", False),
        ("detective", "Sgt.", False),
    ],
)
def test_a_bare_surname_is_held_to_one_field(one: str, other: str, *, conflict: bool) -> None:
    assert fields_conflict(fields_of(one, None), fields_of(other, None), strict=True) == conflict


def test_nothing_known_speaks_against_nobody() -> None:
    assert not fields_conflict(frozenset(), frozenset(("sport",)), strict=True)


WORDS = sorted(
    {word for one in MANY for word in one.title.split()} | set("of and the for , ’s Velin Ohio".split())
)


@given(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join), st.none() | st.sampled_from(WORDS))
def test_no_title_is_too_odd(title: str, organization: str | None) -> None:
    assert normal_title(title) == normal_title(title.replace(" ", "  "))
    assert same_role(Role(title, organization), Role(title, organization))
    assert group_roles([Role(title), Role(title)]) == [[0, 1]]
    assert "_" not in normal_title(title)
    fields_of(title, organization)


@given(st.text(max_size=30), st.none() | st.text(max_size=30))
def test_any_text_is_read(title: str, organization: str | None) -> None:
    normal_title(title)
    fields_of(title, organization)
    assert preferred_label([Role(title, organization)]) == (title, organization)


@pytest.mark.parametrize("name", ["capacity_forms", "capacity_bodies", "capacity_fields", "capacity_field_words"])
def test_the_tables_are_sorted_and_folded(name: str) -> None:
    keys = list(pairs(name))
    assert keys == sorted(keys)
    if name != "capacity_bodies":
        assert [fold(key) for key in keys] == keys


def test_every_field_of_the_tables_is_one_that_is_promised() -> None:
    promised = set("politics government law police military religion sport arts media business academia".split())
    promised |= {"health", "civic"}
    stated = {field for name in ("capacity_fields", "capacity_field_words") for field in pairs(name).values()}
    assert {field for fields in stated for field in fields.split()} == promised | {"?"}


def test_every_title_with_fields_is_one_that_a_title_may_become() -> None:
    assert [title for title in pairs("capacity_fields") if normal_title(title) != title] == []


def test_no_word_both_qualifies_and_makes_another_office() -> None:
    assert terms("capacity_qualifiers").isdisjoint(terms("capacity_parts"))
