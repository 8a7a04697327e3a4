"""Records as a hospital sends them: one patient, one condition, a bundle of them."""

from __future__ import annotations

import json

SOURCE = "St. Mary's"


def patient(id="p1", name="Ana Keller", born="1984-03-27", **more):
    first, last = name.split(" ", 1)
    told = {"resourceType": "Patient", "id": id, "name": [{"given": [first], "family": last}], **more}
    return {**told, "birthDate": born} if born else told


def condition(id="c1", code="I71.4", whose="p1", **more):
    coding = {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}
    told = {"resourceType": "Condition", "id": id, "subject": {"reference": f"Patient/{whose}"}}
    return {**told, "code": {"coding": [coding]}, **more}


def bundle(*resources):
    entries = [{"resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()
