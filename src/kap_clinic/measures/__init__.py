"""Questionnaires and scales as they are asked of a person, answered, scored and read over time.

What: forms asked by link, by staff or rated by a clinician; answers kept one by one; scores under the version
they were given; schedules, reminders and what was missed; each person's course as a chart.
For: clients on a phone, nurses and coordinators who ask, therapists and prescribers who read the course.
Must not: decide what an answer scores or what a change counts as (kap.instruments does), or what is done
about a safety answer (cases does).
"""
