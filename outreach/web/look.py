"""The installation's own look: the municipality's colour from the settings, for style sheet, mark and templates.

Templates get `colours`, the steps of the colour for light pages (e-mail and the door app's manifest name them), and
`mark_path`. The files are among the static ones though no disk has them: `organisation/colours.css` and
`organisation/mark.svg`.
"""

from flask import Flask

from outreach.formats.colour_scale import light_scale
from outreach.formats.colour_sheet import MARK_PATH, mark_svg, style_sheet
from outreach.web.static_files import add_made_file


def install_look(app: Flask) -> None:
    """Give `app` the colour of its settings."""
    colour = app.extensions["treffpunkt.settings"].organisation_colour
    scale = light_scale(colour)
    # Globals, since a macro that is imported without its page's context must know them too.
    app.jinja_env.globals.update(colours=scale, mark_path=MARK_PATH)
    add_made_file(app, "organisation/colours.css", style_sheet(colour))
    add_made_file(app, "organisation/mark.svg", mark_svg(scale.drawing))
