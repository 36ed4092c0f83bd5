"""Addresses: what people type and Kaleyra sends becomes one spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.texting import phone

ANA = "+12025550142"


@pytest.mark.parametrize(
    "typed",
    [
        "+12025550142",
        " +1 (202) 555-0142 ",
        "+1.202.555.0142",
        "0012025550142",
        "12025550142",
        "+1\N{NO-BREAK SPACE}202\N{NON-BREAKING HYPHEN}555\N{EN DASH}0142",
        "\N{LEFT-TO-RIGHT EMBEDDING}+12025550142\N{POP DIRECTIONAL FORMATTING}",
        "\N{LEFT-TO-RIGHT MARK}+1 202 555 0142\N{ZERO WIDTH SPACE}",
        "+١٢٠٢٥٥٥٠١٤٢",
        "\N{FULLWIDTH PLUS SIGN}１２０２５５５０１４２",  # noqa: RUF001
    ],
)
def test_a_number_can_be_typed_in_many_ways(typed):
    assert phone.parse(typed) == ANA


@pytest.mark.parametrize(
    ("typed", "region", "address"),
    [
        ("(202) 555-0142", "US", ANA),
        ("(202) 555-0142", "us", ANA),
        ("1 202 555 0142", "US", ANA),
        ("011 44 20 7946 0018", "US", "+442079460018"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("07700 900123", "GB", "+447700900123"),
        ("447700900123", "US", "+447700900123"),
        ("12025550142", "GB", ANA),
        ("13812345678", "CN", "+8613812345678"),
        ("11 98765-4321", "BR", "+5511987654321"),
        ("98765 43210", "IN", "+919876543210"),
        ("8123 4567", "SG", "+6581234567"),
        ("81234567", "SG", "+6581234567"),
        ("+49 (0)30 123456", None, "+4930123456"),
        ("+39 06 1234567", "US", "+39061234567"),
    ],
)
def test_a_national_number_is_read_within_the_region(typed, region, address):
    assert phone.parse(typed, region) == address


@pytest.mark.parametrize("number", ["+15555550100", "+447700900123", "+12015550100"])
def test_a_number_of_a_test_range_is_possible(number):
    assert phone.parse(number) == number


@pytest.mark.parametrize("code", ["311", "56161", "729725"])
def test_a_short_code_stays_as_it_is(code):
    assert phone.parse(f" {code} ", "DE") == code
    assert phone.from_provider(code) == code


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Type the phone number to text, such as +12025550142."),
        (" \N{ZERO WIDTH SPACE}", "Type the phone number to text"),
        ("KLRHXA", "KLRHXA is a sender's name, not a number: it cannot be texted."),
        ("+1 202 555 014", "is too short for a phone number. Begin with +"),
        ("+1202555014200", "is too long for a phone number. Begin with +"),
        ("+999123456789", "does not begin with a country code. Begin with +"),
        ("2025550142", "is not a whole phone number. Begin with + and the country"),
        ("555-0142", "is not a whole phone number"),
        ("+15550142", "is not a phone number"),
        ("+430000", "is not a phone number"),
        ("12", "is not a whole phone number"),
        ("- -", "is not a whole phone number"),
        ("+1 202 555 0142, +1 202 555 0143", "+1 202 555 0142, +1 202 555 01… is not"),
        ("1-800-FLOWERS-NOW", "is not a phone number"),
        ("+1 202 555 0142 x5", "is not a phone number"),
        ("+12025550142²", "is not a phone number"),
    ],
)
def test_what_cannot_be_texted_is_refused_in_a_sentence(typed, why):
    with pytest.raises(phone.InvalidAddress) as refusal:
        phone.parse(typed)

    assert why in str(refusal.value)


def test_a_region_does_not_make_part_of_a_number_whole():
    with pytest.raises(phone.InvalidAddress, match="not a whole phone number"):
        phone.parse("555-0142", "US")


def test_a_senders_name_can_be_looked_up():
    assert phone.parse_any(" KLRHXA ") == "KLRHXA"
    assert phone.parse_any("(202) 555-0142", "US") == ANA


@pytest.mark.parametrize(
    ("given_by_kaleyra", "address"),
    [
        ("12025550142", ANA),
        ("+12025550142", ANA),
        (" 12025550142", ANA),
        ("0012025550142", ANA),
        ("919876543210", "+919876543210"),
        ("6591234567", "+6591234567"),
        ("56161", "56161"),
        ("KLRHXA", "KLRHXA"),
        ("AD-KLRHXA", "AD-KLRHXA"),
        ("99912345678", "+99912345678"),
    ],
)
def test_kaleyra_may_leave_out_the_plus(given_by_kaleyra, address):
    assert phone.from_provider(given_by_kaleyra) == address


@pytest.mark.parametrize(
    ("given_by_kaleyra", "region", "address"),
    [
        ("2025550142", "US", ANA),
        ("15123456789", "DE", "+15123456789"),
        ("11987654321", "BR", "+5511987654321"),
        ("07700900123", "GB", "+447700900123"),
        ("+2025550142", "US", "+2025550142"),
    ],
)
def test_kaleyras_numbers_are_read_with_their_country_first(
    given_by_kaleyra, region, address
):
    assert phone.from_provider(given_by_kaleyra, region) == address


@pytest.mark.parametrize(
    "junk",
    ["", " ", "+", "12", "?", "<source>", "1" * 16, "012345678901", "a name too long"],
)
def test_junk_means_nobody(junk):
    assert phone.from_provider(junk) is None


@pytest.mark.parametrize("address", [ANA, "+442079460018", "56161", "KLRHXA"])
def test_reading_an_address_again_changes_nothing(address):
    assert phone.from_provider(address) == address
    assert phone.parse_any(address) == address


@pytest.mark.parametrize(
    ("address", "written"),
    [
        (ANA, "+1 202-555-0142"),
        ("+442079460018", "+44 20 7946 0018"),
        ("56161", "56161"),
        ("KLRHXA", "KLRHXA"),
        ("+99912345678", "+99912345678"),
        ("", ""),
    ],
)
def test_numbers_are_shown_the_way_people_write_them(address, written):
    assert phone.formatted(address) == written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ANA, "12025550142"),
        (ANA, "2025550142"),
        (ANA, "+1 (202) 555-0142"),
        ("+442079460018", "02079460018"),
        ("+390612345678", "0612345678"),
        ("00442079460018", "+442079460018"),
        ("+3545550142", "5550142"),
        ("56161", "+56161"),
        ("KLRHXA", "klrhxa"),
    ],
)
def test_one_address_may_be_spelt_in_two_ways(one, other):
    assert phone.same(one, other)
    assert phone.same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ANA, "+12025550143"),
        (ANA, "5550142"),
        (ANA, "+442025550142"),
        (ANA, "142"),
        (ANA, ""),
        ("", ""),
        ("+354550142", "550142"),
        ("56161", "KLRHXA"),
        ("KLR561", "561"),
    ],
)
def test_different_addresses_stay_different(one, other):
    assert not phone.same(one, other)
    assert not phone.same(other, one)


@pytest.mark.parametrize(
    ("address", "logged"),
    [(ANA, "***142"), ("56161", "***161"), ("KLRHXA", "***"), ("", "***")],
)
def test_logs_show_three_digits_of_an_address(address, logged):
    assert phone.masked(address) == logged


def test_only_numbers_and_short_codes_can_be_texted():
    assert phone.textable(ANA)
    assert phone.textable("56161")
    assert not phone.textable("KLRHXA")
    assert not phone.textable("")


def test_digits_of_any_script_are_digits():
    assert phone.digits("+1 (202) ٢٤٢-0142 x") == "12022420142"


@given(st.text(), st.sampled_from([None, "US", "GB", "XX", ""]))
def test_whatever_kaleyra_sends_is_read_the_same_twice(text, region):
    address = phone.from_provider(text, region)

    assert address is None or phone.from_provider(address) == address


@given(st.text() | st.from_regex(r"[+0-9 ()-]{1,20}", fullmatch=True))
def test_what_a_person_may_text_is_textable(text):
    try:
        address = phone.parse(text, "US")
    except phone.InvalidAddress:
        return

    assert phone.textable(address)


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("+44 20 7946 0018", "2079460018"),
        ("0044 20 7946 0018", "2079460018"),
        ("+44 (0)20 7946 0018", "2079460018"),
        ("020 7946 0018", "2079460018"),
        ("44 20 7946 0018", "442079460018"),
        ("+39 06 1234567", "061234567"),
        ("56161", "56161"),
    ],
)
def test_what_stays_of_a_number_in_every_spelling(typed, bare):
    assert phone.bare(typed) == bare


def test_a_few_digits_after_a_zero_are_looked_for_only_as_typed():
    assert phone.spellings("020") == {"020"}
    assert phone.spellings("020 79") == {"02079", "2079"}
