"""The picture of a timeline: one layout for all outputs, drawn as PNG and written as SVG.

Owns geometry, colours and the words in the picture. Must never read the store or a clock: ``today`` is an argument.
"""

from bot.render.chart.items import describe_chart, today_of
from bot.render.chart.layout import draw_chart
from bot.render.chart.paint import paint_chart
from bot.render.chart.png import to_png
from bot.render.chart.svg import to_svg

__all__ = ["describe_chart", "draw_chart", "paint_chart", "to_png", "to_svg", "today_of"]
