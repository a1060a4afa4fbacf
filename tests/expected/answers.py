"""Answers of the three questions on the first case, written by hand from the articles.

Each row: relation, value, level, standing and flags, accepted, sources of the evidence in order of
name with their passages.
"""

WHO_RECEIVED_BENEFITS = [
    ("giver", "Ring", "reported", True, "latimes excerpt; techtimes 2; techtimes 3"),
    ("receiver", "LAPD officers", "reported", True, "latimes excerpt; techtimes 2; techtimes 3"),
    ("number of receivers", "at least 100", "reported", True, "latimes excerpt"),
    ("number of receivers", "100", "reported, drifted", False, "techtimes 3"),
    ("thing given", "free devices or discount codes", "reported", True, "latimes excerpt"),
    ("thing given", "discount codes", "reported, drifted", False, "techtimes 2"),
    ("thing given", "free devices", "reported, drifted", False, "techtimes 3"),
    ("thing given", "free products", "reported, drifted", False, "techtimes 2"),
    ("in return for", "recommendations", "reported", True, "techtimes 2"),
    ("under", "Pillar", "reported", True, "apb excerpt"),
    ("date", "from 2016", "reported", True, "latimes excerpt"),
]

# Nearest to the document first: the Intercept and the EFF relay the e-mail itself (one step), then
# those who relay them (two steps), then who leads to no document.
WHO_ASKED_FOR_FOOTAGE = [
    ("requester", "Safe L.A. Task Force", "unit", "reported", True, "eff caption"),
    (
        "requester",
        "a detective of the Safe L.A. Task Force",
        "person",
        "reported",
        True,
        "atlanta excerpt; intercept excerpt; mynewsla 3",
    ),
    (
        "requester",
        "Los Angeles Police Department",
        "department",
        "reported",
        True,
        "mynewsla 1; techtimes 14; techtimes 15",
    ),
    ("requester", "detective of the LAPD", "post", "reported", True, "mynewsla 2"),
    (
        "on behalf of",
        "Safe L.A. Task Force",
        "unit",
        "reported",
        True,
        "intercept excerpt; mynewsla 3",
    ),
    (
        "asked",
        "Ring users",
        "group",
        "reported",
        True,
        "atlanta excerpt; eff caption; intercept excerpt; mynewsla 1; mynewsla 2; mynewsla 3; "
        "techtimes 14",
    ),
    ("channel", "e-mail", None, "reported", True, "mynewsla 2"),
    ("date", "2020-06-01", None, "conflicting", False, "atlanta excerpt"),
    ("date", "2020-06-16", None, "conflicting", False, "eff caption; georgetown excerpt"),
    ("date", "2020-07-16", None, "conflicting", False, "intercept excerpt; mynewsla 2"),
    ("date", "2020", None, "reported", True, "techtimes 14"),
]

REACH_OF_A_REQUEST = [
    ("number asked", "not known", "reported", True, "intercept excerpt; mynewsla 4"),
    ("area", "withheld by redaction", "reported", True, "mynewsla 5"),
    (
        "hours",
        "withheld by Los Angeles Police Department (by redaction)",
        "reported",
        True,
        "eff excerpt; mynewsla 5",
    ),
]

REACH_NOT_KNOWN = [
    "area: withheld by redaction, per MyNewsLA, 2021-02-16",
    "hours: withheld by Los Angeles Police Department (by redaction), per "
    "Electronic Frontier Foundation, 2021-02-16; MyNewsLA, 2021-02-16",
    "number asked: not known, per MyNewsLA, 2021-02-16; The Intercept, 2021-02-16",
    "footage handed over: not stated by MyNewsLA, 2021-02-16",
]
