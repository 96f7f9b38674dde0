"""Pages in the shapes that copied articles come in; all texts are our own."""

from __future__ import annotations

from news.documents.boilerplate import strip_boilerplate

STORY = (
    "Two cargo ships with grain left the northern port on Tuesday, the harbour master said in a statement.\n\n"
    "The ships carry 40,000 tons of wheat and are bound for the islands, where stocks have run low since the storm.\n\n"
    "A third ship is being loaded and will follow next week, according to the shipping company."
)


def test_breadcrumbs_title_and_byline_go() -> None:
    page = (
        f"Home » World » Title: Grain ships leave\n\nTitle: Grain ships leave\n\nby Ann Field – World Editor\n\n{STORY}"
    )
    assert strip_boilerplate(page, "Grain ships leave") == STORY


def test_read_more_list_with_numbers_and_commas_goes() -> None:
    page = f"{STORY}\n\nRead more in:\n  1. Harbour\n  2. ,\n  3. Wheat\n  4. ,\n  5. The Islands\n"
    assert strip_boilerplate(page) == STORY


def test_site_name_links_and_copyright_go() -> None:
    page = (
        f"The Daily Harbour\n\n{STORY}\n\nThe Daily Harbour\nAdvertise With UsOur TeamHelp CenterContact Us\n"
        "© Copyright 2021, The Daily Harbour"
    )
    assert strip_boilerplate(page) == STORY


def test_a_comment_thread_goes_with_all_its_levels() -> None:
    """A reader's comment is no report: none of its sentences may enter the record."""
    page = (
        f"{STORY}\n\nSource: Harbour Wire\n\n  1. wheatfan77 says\n\n    They should have sent 900 ships in 2012, all "
        "of them with tanks and rockets for the islands.\n\n    1. Old Sailor says\n\n      Nonsense, the mayor sank "
        "five of them himself.\n\n  2. Ána Ó Briain says\n\n    I agree with both of you on every single point there.\n"
    )
    assert strip_boilerplate(page) == f"{STORY}\n\nSource: Harbour Wire"


def test_comments_after_a_heading_go_even_without_names() -> None:
    for heading in ("3 Comments", "Leave a Reply", "Comentarios (2)", "Комментарии:"):
        assert (
            strip_boilerplate(f"{STORY}\n\n{heading}\n\nThe fleet lost ninety ships that night, trust me on that.")
            == STORY
        )


def test_dated_comment_headers_need_company() -> None:
    thread = (
        "Joe • 3 years ago\n\nThe fleet lost ninety ships that night, trust me.\n\nMay, March 3, 2019 at 5:12 pm\n\nNo."
    )
    assert strip_boilerplate(f"{STORY}\n\n{thread}") == STORY
    single = f"{STORY}\n\nWhat the harbour master says\n\nHe expects the islands to have bread again by the summer."
    assert strip_boilerplate(single) == single


def test_a_comments_link_above_the_story_cuts_nothing() -> None:
    assert strip_boilerplate(f"Leave a Comment\n\n{STORY}") == STORY


def test_lists_inside_the_story_end_with_the_next_prose() -> None:
    first, _, rest = STORY.partition("\n\n")
    assert strip_boilerplate(f"{first}\n\nYou may also like\n\nWheat prices rise\nStorm in pictures\n\n{rest}") == STORY


def test_sharing_subscribing_and_cookie_lines_go() -> None:
    page = (
        f"Share on Facebook\nAdvertisement\n\n{STORY}\n\nSign up for our newsletter and never miss a ship.\n"
        "This site uses cookies to count its readers.\nAll rights reserved. The Daily Harbour Ltd."
    )
    assert strip_boilerplate(page) == STORY


def test_prose_about_page_furniture_is_kept() -> None:
    text = (
        "The government published a new privacy policy on Monday after a dispute over cookies with two companies.\n\n"
        "Copyright law was the second subject of the talks, which the ministers want to continue in the spring."
    )
    assert strip_boilerplate(text) == text


def test_a_glued_dateline_is_set_apart() -> None:
    page = f"NORTHPORTThe ships have left, and the town hopes to see them back before the winter.\n\n{STORY}"
    assert strip_boilerplate(page).startswith("NORTHPORT — The ships have left")


def test_one_line_is_left_alone() -> None:
    assert strip_boilerplate("Advertisement") == "Advertisement"
