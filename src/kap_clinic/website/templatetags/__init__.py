"""Template tags of the look: the frame around a page, and the few filters its parts need."""
