"""What a person may be allowed to do, each said in one sentence that completes "may …"."""

from __future__ import annotations

from enum import StrEnum

from kap.vocabulary.sentences import Sentence


class Permission(StrEnum):
    """One act or one page that a role may open; checked on every page and in every action."""

    sentence: Sentence

    def __new__(cls, value: str, words: Sentence) -> Permission:
        """Holds the words beside the name that is stored and logged."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = words
        return member

    SEE_ORGANIZATION = "see_organization", Sentence("see the organization and its settings")
    CHANGE_ORGANIZATION = "change_organization", Sentence("change the organization's settings")
    SEE_SITES = "see_sites", Sentence("see the sites, their rooms, time zones and registrations")
    CHANGE_SITES = "change_sites", Sentence("open, change and close sites")
    SHARE_SITE = "share_site", Sentence("grant another organization access, and end that access")
    SEE_STAFF = "see_staff", Sentence("see who works here, in which role and at which site")
    INVITE_STAFF = "invite_staff", Sentence("invite a person to work here")
    CHANGE_STAFF = "change_staff", Sentence("change a person's roles and sites, and record that they left")
    SEE_DAY_BOARD = "see_day_board", Sentence("see the day board")
    SEE_AUDIT = "see_audit", Sentence("see who did what, concerning whom and when")
    EXPORT_AUDIT = "export_audit", Sentence("take a copy of the audit")
    VERIFY_AUDIT = "verify_audit", Sentence("have the audit's chain checked")
    SEE_BACKUPS = "see_backups", Sentence("see when the last backup was made and proven")
    USE_API = "use_api", Sentence("read and write through the web API by token")
    SEE_PEOPLE = (
        "see_people",
        Sentence("see who asked, was referred or is treated here, and how far they are"),
    )
    TAKE_ENQUIRIES = "take_enquiries", Sentence("take enquiries, move them on, and say why one was lost")
    OPEN_CHARTS = "open_charts", Sentence("open a chart and bring in a person's records")
    SEE_CHART = "see_chart", Sentence("see what is known of a person: conditions, medicines, results")
    SHARE_CHART = (
        "share_chart",
        Sentence("let another organization read one person's chart, and end that access"),
    )
    RECORD_FACTS = "record_facts", Sentence("record a fact in a chart")
    BREAK_GLASS = "break_glass", Sentence("open a chart of another site for a while, saying why and for whom")
    REVIEW_OPENINGS = "review_openings", Sentence("see who opened a chart outside their own, and review it")
    SEE_CASES = "see_cases", Sentence("see what waits for somebody, whose it is and when it is due")
    WORK_CASES = "work_cases", Sentence("record what was tried in a case, and hand it over")
    ANSWER_CASES = "answer_cases", Sentence("close a case with the answer that was given")
    OPEN_CRISIS = "open_crisis", Sentence("open a crisis case for a client")
    CLOSE_CRISIS = "close_crisis", Sentence("close a safety case with an outcome")
    WRITE_SAFETY_PLAN = "write_safety_plan", Sentence("write a safety plan with a client and give it to them")
    SEE_ROSTER = "see_roster", Sentence("see who is on call, and how the channels were tested")
    KEEP_ROSTER = "keep_roster", Sentence("put people on call and hand a duty over")
    RUN_DRILL = "run_drill", Sentence("start a drill that calls whoever is on call")
    SET_LADDER = "set_ladder", Sentence("set after how many minutes the next person is called, and sign it")
    ASK_CLEARANCE = "ask_clearance", Sentence("ask a specialty to clear a finding")
    SEE_SCREENING = "see_screening", Sentence("see what the rules find in a person's record")
    SEND_HISTORY = "send_history", Sentence("give a client the link to their health history")
    CONFIRM_HISTORY = "confirm_history", Sentence("confirm a health history with the client")
    OVERRIDE_FINDING = "override_finding", Sentence("override a finding, with a reason and an end")
    SIGN_SCREENING = "sign_screening", Sentence("sign a screening")
    SEE_PROTOCOLS = "see_protocols", Sentence("see the protocols, their numbers and their sources")
    SEE_PLANS = "see_plans", Sentence("see a client's plan: its sessions, windows and changes")
    MAKE_PLANS = "make_plans", Sentence("make a client's plan from a protocol, and stop it")
    MOVE_SESSIONS = "move_sessions", Sentence("move a planned session, saying why")
    KEEP_SESSIONS = "keep_sessions", Sentence("record that a session began, ended or was missed")
    SEE_NOTES = "see_notes", Sentence("read a client's progress notes")
    WRITE_NOTES = "write_notes", Sentence("write and sign a progress note, and amend one")
    SEE_ORDERS = (
        "see_orders",
        Sentence("see what was ordered for a client, with every step of the arithmetic"),
    )
    ORDER_DOSES = "order_doses", Sentence("order a dose, release it for its session, and withdraw it")
    SEE_SAFE = "see_safe", Sentence("see what a safe holds, and every movement in it")
    KEEP_SAFE = "keep_safe", Sentence("open a safe, receive containers into it, and send them away")
    COUNT_SAFE = (
        "count_safe",
        Sentence("count what is in a safe, and waste or break what is left in a container"),
    )
    DRAW_UP = "draw_up", Sentence("draw up a dose that was ordered, and waste what is left of it")
    GIVE_DOSES = "give_doses", Sentence("give a dose that was drawn up")
    SEE_DOSING_DAY = "see_dosing_day", Sentence("see dosing sessions, and follow them live")
    CHART_SESSIONS = "chart_sessions", Sentence("check, read, note and take alarms in a dosing session")
    LET_GO = "let_go", Sentence("let a client go home or to their lodging by the criteria")
    SIGN_SESSION_NOTES = "sign_session_notes", Sentence("sign a dosing session's note, and amend it")
    SIGN_SECOND = "sign_second", Sentence("stand as the second person, by PIN or passkey")
    REGISTER_DEVICES = (
        "register_devices",
        Sentence("register a device of the clinic for second signatures, and retire one"),
    )
    SEE_MEASURES = "see_measures", Sentence("see what was asked of a person, the answers and the scores")
    ASK_MEASURES = "ask_measures", Sentence("ask a client to fill in a form, and take it back")
    SAY_PROFIT = "say_profit", Sentence("say whether the house is run for profit")
    KEEP_LICENSED_WORDS = (
        "keep_licensed_words",
        Sentence("supply the house's own licensed words or tables of an instrument, and take them back"),
    )
    ENTER_MEASURES = "enter_measures", Sentence("enter the answers of a form, and rate a scale")
