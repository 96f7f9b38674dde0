"""Pure renderers: (Reply, limits) -> text. Escaping happens here, in one place for each platform."""
