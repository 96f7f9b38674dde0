"""Is this another event of the kind? One question, asked of stories, of accounts and of figures.

Reports of one kind are written to a formula: the second flight, fire or rate cut shares nearly all words with the
first. The package owns all that tells two such happenings apart, and gives a reason with each answer (``reasons``):

- ``leads``: does an article open with another happening than its story tells of? Asked when a story is chosen, when a
  text looks like a copy, and when the article is held against its story.
- ``stories``: the evidence, event against event, that it goes on with a story or does not, weighed; ``formulas``: the
  same formula for others, or for a later season.
- ``accounts``: are two accounts of two events? Asked for timelines and for what seems to contradict.
- ``figures``: are two figures, or two prizes, of two things?

All words stand in ``data/another.toml`` (``words``), the learnt weights in ``data/weights.toml`` under ``recurrence``.
The package must never join anything, rank stories by words, or say what is new.
"""
