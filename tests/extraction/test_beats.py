"""Who speaks, of what kind and as what, in articles of several countries and beats: invented, in their manner."""

import pytest

from quotes.extraction import extract

COURTS = """\
Brandholm man jailed for harbour fire

By Lena Aster, crime correspondent

Mr Justice Otto Velin told Brandholm Crown Court that the blaze was “an act of astonishing stupidity”.

Petra Holm KC, prosecuting, said the defendant had bought petrol the night before.

Det Insp Colm Vane, of Brandholm Police, said: “This could have killed people.”

A Crown Prosecution Service spokesperson said the sentence reflected the danger.
"""
SPORT = """\
Brandholm Rovers head coach Kofi Danso hailed his side’s “huge heart” after a 2-1 win over Tarnby United.

“We never stopped,” said Danso, who replaced Marek Holub in June.

Midfielder Luca Ferrano, 23, said the goal was for his grandmother.

United boss Stefan Brandt admitted: “We were second best.”

The Football Association said it would look into crowd trouble.
"""
INDIA = """\
BRANDPUR: Chief Minister Anjali Deshwal on Monday said there would be no levy on small boats.

Shri Deshraj Pillai, leader of the opposition, alleged that the government had “sold the coast”.

Smt. Kamala Iyerson, a fishworker, said the boats had not gone out for a week.

Additional Superintendent of Police R. K. Tomarin said 14 persons had been detained.

Union shipping minister Harish Vakil said talks were on.

“Nobody will be evicted,” the Chief Minister said.
"""
IRELAND = """\
Tánaiste Niamh Corrigan has said the new hospital will open “on time and on budget”.

Sinn Tíre TD Eoghan Ruane said patients were being treated on trolleys.

Prof Dame Ita Mulgrew, who chairs the Irish Medical Forum, warned that staff were leaving.

Ms Corrigan said she would meet them. Amelia Frost MP said it was late.
"""
AUSTRALIA = """\
NSW Premier Mia Hartnoll says the rail link will be finished by 2031.

Senator the Hon Pru Wexley said Canberra would not pay.

"It's a con," Senator Wexley told reporters in Sydney.

Brandholm Shire mayor Cr Dougal Pike said locals had been ignored.
"""
NIGERIA = """\
Alhaji Musa Danko, who heads the traders' union, said ransom had been demanded.

Brig Gen Tunde Akande (rtd) said soldiers were in the area.

Chief Mrs Folake Adisa said women were afraid.

"We will find them," ASP Danladi Gambo said.
"""
SCIENCE = """\
“It is a stunning find,” says Maarten de Wilde, an archaeologist at Tarnby University who was not involved.

Lead author Yuki Haraguchi of the Brandholm Institute said the rope was made of lime bark.

The National Coast Agency (NCA) said it would protect the site. The agency said digging would stop.
"""
BUSINESS = """\
(Reuters) - Velin Foods Inc said on Thursday that profit would fall by a third.

Chief executive Nora Quist told analysts that sugar prices had doubled.

Hollis Partners analyst Ben Achebe said the cut was deeper than feared.

Kestrelon, a rival, said it saw no change.

Managing partner Iris Holm of Holm & Tarn said she would sell.
"""
CLERGY = """\
The Right Rev Otto Tarn, Bishop of Brandholm, said the shelter was "a place of welcome".

The Ven. Ruth Aldous, archdeacon of Tarnby, said 40 beds were ready.

Sister Agnes Mbeki said the nuns would cook. Imam Yusuf Darwish said that hunger had no religion.

Sheikh Tariq al-Masri, a donor, said he was glad.
"""
WIRE = """\
TARN CITY, Ore. (AP) — Tarn County Sheriff Dale R. Hobart Jr. resigned Friday, saying he was "worn out."

Hobart Jr. said his wife, Lois, had asked him to stop.

Asked about the audit, Hobart declined to comment.

State Rep. Joy Lund, D-Tarn City, said voters deserved answers.

The American Civil Rights Fund said it would sue.
"""
PERSON, BODY, UNNAMED = "person", "organization", "unnamed"
FOUND = {
    COURTS: [
        ("Otto Velin", PERSON, ["Mr Justice"]),
        ("Petra Holm", PERSON, []),
        ("Colm Vane", PERSON, ["Det Insp of Brandholm Police"]),
        ("Crown Prosecution Service spokesperson", UNNAMED, []),
    ],
    SPORT: [
        ("Kofi Danso", PERSON, ["head coach of Brandholm Rovers"]),
        ("Luca Ferrano", PERSON, ["Midfielder"]),
        ("Stefan Brandt", PERSON, ["boss of United"]),
        ("Football Association", BODY, []),
    ],
    INDIA: [
        ("Anjali Deshwal", PERSON, ["Chief Minister"]),
        ("Deshraj Pillai", PERSON, ["leader of the opposition"]),
        ("Kamala Iyerson", PERSON, ["fishworker"]),
        ("R. K. Tomarin", PERSON, ["Additional Superintendent of Police"]),
        ("Harish Vakil", PERSON, ["Union shipping minister"]),
    ],
    IRELAND: [
        ("Niamh Corrigan", PERSON, ["Tánaiste"]),
        ("Eoghan Ruane", PERSON, ["Sinn Tíre TD"]),
        ("Ita Mulgrew", PERSON, ["chair of Irish Medical Forum"]),
        ("Amelia Frost", PERSON, ["MP"]),
    ],
    AUSTRALIA: [
        ("Mia Hartnoll", PERSON, ["NSW Premier"]),
        ("Pru Wexley", PERSON, ["Senator"]),
        ("Dougal Pike", PERSON, ["Brandholm Shire mayor Cr"]),
    ],
    NIGERIA: [
        ("Musa Danko", PERSON, ["head of the traders' union"]),
        ("Tunde Akande", PERSON, ["Brig Gen"]),
        ("Folake Adisa", PERSON, ["Chief"]),
        ("Danladi Gambo", PERSON, ["ASP"]),
    ],
    SCIENCE: [
        ("Maarten de Wilde", PERSON, ["archaeologist of Tarnby University"]),
        ("Yuki Haraguchi", PERSON, ["Lead author"]),
        ("National Coast Agency", BODY, []),
    ],
    BUSINESS: [
        ("Velin Foods Inc", BODY, []),
        ("Nora Quist", PERSON, ["Chief executive"]),
        ("Ben Achebe", PERSON, ["analyst of Hollis Partners"]),
        ("Kestrelon", BODY, []),
        ("Iris Holm", PERSON, ["Managing partner of Holm & Tarn"]),
    ],
    CLERGY: [
        ("Otto Tarn", PERSON, ["Bishop of Brandholm", "Right Rev"]),
        ("Ruth Aldous", PERSON, ["archdeacon of Tarnby", "Ven."]),
        ("Agnes Mbeki", PERSON, ["Sister"]),
        ("Yusuf Darwish", PERSON, ["Imam"]),
        ("Tariq al-Masri", PERSON, ["donor"]),
    ],
    WIRE: [
        ("Dale R. Hobart Jr.", PERSON, ["Sheriff of Tarn County"]),
        ("Joy Lund", PERSON, ["State Rep."]),
        ("American Civil Rights Fund", BODY, []),
    ],
}


@pytest.mark.parametrize("text", FOUND, ids=lambda text: text.split()[0])
def test_speakers(text):
    found = [(s.name, s.kind, [role.label for role in s.roles]) for s in extract(text).speakers]
    assert found == FOUND[text]
