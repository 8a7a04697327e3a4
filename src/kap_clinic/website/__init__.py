"""Decides how every page looks and reads: the frame, the parts, the forms, the words of our own error pages.

For everyone who opens a page. One way to build a page: extend `website/page.html` (a page of the clinic),
`website/quiet.html` (signing in, locked, refused), `website/room.html` (a screen in a treatment room) or
`website/sheet.html` (something that is printed), and include `website/parts/….html` with plain values.
The whole set is shown at /design, each part beside the line that includes it.

Must not import another app's models, and decides nothing clinical: a part shows what it is given.
"""
