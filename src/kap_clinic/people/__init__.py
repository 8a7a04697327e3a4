"""Who is asked about, referred and treated here, and what is known of each, with its day and origin.

What: enquiries, charts, facts added and never edited, imports, possible duplicates, opening without access.
For: coordinators, and everybody who treats a client; administrators see no chart.
Must not: judge a fact (kap.screening does), read a format itself (kap_fhir does), merge two charts unasked.
"""
