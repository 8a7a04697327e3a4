"""Who is on call, and how they are reached when nobody may be missed.

What: the roster, the channels (e-mail, SMS, voice) and their daily tests, the ladder a crisis climbs, the
sign of life to the outside.
For: whoever keeps the roster, whoever is on call, and the rooms that may only ask when somebody hears.
Must not: decide when a step is due or what a case may end with (kap.casework does); put a name or a clinical
word into a message.
"""
