"""Scores forms with somebody else's library, run by its own Python: forms in as JSON, numbers out."""

import json
import sys
import types
import warnings
from importlib import import_module

warnings.filterwarnings("ignore")


def clincalc(forms):
    """Total of each form that calculator knows."""
    peer = import_module("clincalc")
    names = {"phq9": "phq9", "gad7": "gad7", "audit": "audit", "audit-c": "auditc"}
    made = {}
    for name, rows in forms.items():
        if name in names:
            calculate = peer.calculate
            made[name] = [{"total": calculate(names[name], _asked(name, row))["result"]} for row in rows]
    return made


def _asked(name, row):
    return {"responses": row} | ({"sex": "male"} if name == "audit-c" else {})


def hippocrates(forms):
    """Total of each form, answered question by question."""
    peer = import_module("hippocrates.questionnaires")
    kinds = {
        "phq9": peer.PHQ9Assessment,
        "phq2": peer.PHQ2Assessment,
        "gad7": peer.GAD7Assessment,
        "gad2": peer.GAD2Assessment,
    }
    made = {}
    for name, rows in forms.items():
        if name in kinds:
            made[name] = [{"total": _hippocrates_total(kinds[name](), row)} for row in rows]
    return made


def _hippocrates_total(assessment, row):
    for question, value in zip(assessment.question_set, row, strict=True):
        question.answer = next(answer for answer in question.answer_options if answer.value == value)
    return assessment.total_score()


def biopsykit(forms):
    """The PSQI's seven components and total."""
    pandas, peer = import_module("pandas"), import_module("biopsykit.questionnaires")
    names = ["01", "02", "03", "04", *(f"05{letter}" for letter in "abcdefghij"), "06", "07", "08", "09"]
    rows = [[f"{row[0]}:00", row[1], f"{row[2]}:00", *row[3:]] for row in forms["psqi"]]
    frame = pandas.DataFrame(rows, columns=[f"PSQI_{name}" for name in names])
    scored = peer.psqi(frame)
    ours = {
        "PSQI_TotalIndex": "total", "PSQI_SubjectiveSleepQuality": "quality", "PSQI_SleepLatency": "latency",
        "PSQI_SleepDuration": "duration", "PSQI_HabitualSleepEfficiency": "efficiency",
        "PSQI_SleepDisturbances": "disturbance", "PSQI_UseSleepMedication": "medicine",
        "PSQI_DaytimeDysfunction": "daytime",
    }  # fmt: skip
    rows = scored.rename(columns=ours)[list(ours.values())].to_dict("records")
    return {"psqi": [{name: int(number) for name, number in row.items()} for row in rows]}


def camcops(forms):
    """Totals and conclusions of CamCOPS' tasks, which are filled in but never stored."""
    for name in ("wand", "wand.image", "wand.color"):
        sys.modules[name] = _Absent(name)  # its picture library is not needed to add up answers
    return {
        name: [_camcops_row(*_camcops_task(*CAMCOPS[name]), row) for row in rows]
        for name, rows in forms.items()
        if name in CAMCOPS
    }


# For each instrument: the module and class of the task, and what it concludes beside the total.
CAMCOPS = {
    "phq9": ("phq9", "Phq9", {"major_depressive_syndrome": "is_mds", "other_depressive_syndrome": "is_ods"}),
    "gad7": ("gad7", "Gad7", {}),
    "pcl5": ("pcl5", "Pcl5", {"provisional_ptsd": "ptsd"}),
    "audit": ("audit", "Audit", {}),
    "audit-c": ("audit", "AuditC", {}),
    "hamd17": ("hamd", "Hamd", {}),
    "ybocs": ("ybocs", "Ybocs", {"obsessions": "obsession_score", "compulsions": "compulsion_score"}),
    "wsas": ("wsas", "Wsas", {}),
    "bprs": ("bprs", "Bprs", {}),
}


def _camcops_task(module, kind, also):
    return getattr(import_module(f"camcops_server.tasks.{module}"), kind), also


def _camcops_row(kind, also, row):
    task = kind()
    for number, value in enumerate(row, start=1):
        setattr(task, f"q{number}", value)
    if kind.__name__ == "Hamd":
        task.whichq16, task.q16a = 0, row[15]
    if kind.__name__ == "Bprs":
        task.q19 = task.q20 = 0  # two questions about the interview that are not added
    answers = {"total": task.total_score()} | {name: getattr(task, method)() for name, method in also.items()}
    return {name: bool(value) if isinstance(value, bool) else int(value) for name, value in answers.items()}


class _Absent(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent(name)

    def __call__(self, *given, **named):
        return None


if __name__ == "__main__":
    print(json.dumps({"scored": globals()[sys.argv[1]](json.load(sys.stdin))}))
