"""Mending: a text put into a template without escaping is found whole again."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conversations.kaleyra.payload import RawCallback, fields

KALEYRA = (
    '{"source":"12025550142", "recipient":"+12025550100", "message":"<message>",\n'
    ' "keyword":"INFO", "id":"90e1", "kid":"90e1", "timestamp":"2025-04-17 18:35:20",\n'
    ' "operator":"", "circle":"<circle>", "status":"SENT", "status_trace":"SENT",\n'
    ' "description":"Message has been sent", "parts[n]":"1"}'
)
ELOQUA = (
    '{"message_id":"90e1","sender":"12025550100","number":"12025550142",'
    '"body":"<message>","company_name":"Parley"}'
)
TEXT_FIRST = '{"message":"<message>","source":"12025550142","id":90}'
TEXT_LAST = '{"source":"12025550142","id":"90e1","message":"<message>"}'
WRAPPED = '{"data":[{"source":"12025550142","message":"<message>","id":"90e1"}]}'

# What (text, customer, id) are called in each template.
TEMPLATES = {
    KALEYRA: ("message", "source", "id"),
    ELOQUA: ("body", "number", "message_id"),
    TEXT_FIRST: ("message", "source", "id"),
    TEXT_LAST: ("message", "source", "id"),
    WRAPPED: ("message", "source", "id"),
}

# Looks like the end of a value, or like a piece of the template: {0} text, {2} id.
PIECES = [*'"\\{}],: a5é😀', "\n", "\r\n", "\t", "\\u00e", '"}', '"}]}']
TRAPS = ['","{2}":"x', '", "{1}" : "1999', '{{"{2}":"x"}}', '","{0}":"', '"{2}":1,']
TRICKY = st.lists(st.sampled_from([*PIECES, *TRAPS]))


def read(body):
    return fields(RawCallback("POST", "application/json", "", body.encode()))


def set_for(template, piece):
    """A trap in the names of the template; any other piece as it is."""
    return piece.format(*TEMPLATES[template]) if piece in TRAPS else piece


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(
    "text",
    [
        'She said "hi"',
        '"',
        "two\nlines",
        "a\\",
        'C:\\new "folder"',
        'ends with "}',
        '{"text":"x"}\n',
        '"},{"',
        *TRAPS,
    ],
)
def test_a_text_put_in_without_escaping_is_found_whole(template, text):
    text = set_for(template, text)

    found = read(template.replace("<message>", text))

    words, customer, id = TEMPLATES[template]
    assert found[words] == text
    assert found[customer] == "12025550142"
    assert found[id] in ("90e1", "90")


def test_a_first_word_put_in_without_escaping_too_does_no_harm():
    body = KALEYRA.replace("INFO", '"Hello').replace("<message>", '"Hello" you')

    found = read(body)

    assert (found["message"], found["keyword"]) == ('"Hello" you', '"Hello')


def test_a_slip_in_the_template_does_not_undo_its_escaping():
    body = r'{"source": "12025550142", "message": "say \"hi\"\n", "id": 90,}'

    found = read(body)

    assert found == {"source": "12025550142", "message": 'say "hi"\n', "id": "90"}


def test_a_body_that_breaks_off_says_what_it_said():
    found = read('{"source": "12025550142", "message": "Hi the')

    assert found == {"source": "12025550142", "message": "Hi the"}


@given(st.sampled_from(list(TEMPLATES)), TRICKY)
def test_no_broken_template_raises(template, pieces):
    middle = "".join(set_for(template, piece) for piece in pieces)

    for cut in range(0, len(template), 7):
        read(template[:cut] + middle + template[cut:])


@given(st.sampled_from(list(TEMPLATES)), TRICKY, TRICKY)
@example(KALEYRA, ["\\"], ["\\"])
def test_any_text_survives_a_template_that_does_not_escape(template, before, after):
    # A raw line break is what no escaping leaves, so the text is known to be as typed.
    pieces = [*before, "\n", *after]
    text = "".join(set_for(template, piece) for piece in pieces)

    found = read(template.replace("<message>", text))

    assert found[TEMPLATES[template][0]] == text
